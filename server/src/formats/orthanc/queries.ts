import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Json } from '#notations/json.js';
import { isOff, option, own, remoteAccess } from './reading.js';

/** A switch, or nothing where this file is a part of a folder and leaves it out. */
type Switch = Setting<boolean> | undefined;

/** One request that Orthanc can answer for systems it does not know, and whether it does. */
export interface Request {
  readonly name: string;
  readonly answered: Switch;
}

const defaults: readonly (readonly [option: string, name: string, otherwise: boolean])[] = [
  ['DicomAlwaysAllowStore', 'stores images (C-STORE)', true],
  ['DicomAlwaysAllowFind', 'answers searches for patients (C-FIND)', false],
  ['DicomAlwaysAllowFindWorklist', 'answers searches of the worklist (C-FIND)', false],
  ['DicomAlwaysAllowGet', 'hands out images (C-GET)', false],
  ['DicomAlwaysAllowMove', 'sends images to others (C-MOVE)', false],
];

export const requestsFromStrangers = query<Json, Request>('orthanc', 'requests from strangers', (analysis) =>
  isOff(option(analysis, 'DicomServerEnabled', true)) ? [] : defaults.map(([key, name, otherwise]) => ({ name, answered: own(analysis, key, otherwise) })));

/** How the DICOM server makes sure who calls. */
export const callerChecks = query<Json, { host: Switch; title: Switch }>('orthanc', 'checks of the caller', (analysis) =>
  isOff(option(analysis, 'DicomServerEnabled', true)) ? [] : [{
    host: own(analysis, 'DicomCheckModalityHost', false), title: own(analysis, 'DicomCheckCalledAet', false),
  }]);

/** What a user of the REST interface may make the server do to its machine. */
export const restPowers = query<Json, { scripts: Switch; files: Switch }>('orthanc', 'powers of the REST interface', (analysis) =>
  isOff(option(analysis, 'HttpServerEnabled', true)) ? [] : [{
    scripts: own(analysis, 'ExecuteLuaEnabled', false), files: own(analysis, 'RestApiWriteToFileSystemEnabled', false),
  }]);

/** The network folder, where other machines can reach it. */
export const networkFolder = query<Json, Setting<boolean>>('orthanc', 'WebDAV folder', (analysis) => {
  const remote = remoteAccess(analysis);
  if (remote.kind === 'undetermined' || !remote.value || isOff(option(analysis, 'HttpServerEnabled', true))) return [];
  const folder = own(analysis, 'WebDavEnabled', true);
  return folder ? [folder] : [];
});
