import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Json } from '#notations/json.js';
import { isOff, option } from './reading.js';

/** One request that Orthanc can answer for systems it does not know, and whether it does. */
export interface Request {
  readonly name: string;
  readonly answered: Setting<boolean>;
}

const defaults: readonly (readonly [option: string, name: string, otherwise: boolean])[] = [
  ['DicomAlwaysAllowStore', 'stores images (C-STORE)', true],
  ['DicomAlwaysAllowFind', 'answers searches for patients (C-FIND)', false],
  ['DicomAlwaysAllowFindWorklist', 'answers searches of the worklist (C-FIND)', false],
  ['DicomAlwaysAllowGet', 'hands out images (C-GET)', false],
  ['DicomAlwaysAllowMove', 'sends images to others (C-MOVE)', false],
];

export const requestsFromStrangers = query<Json, Request>('orthanc', 'requests from strangers', (analysis) =>
  isOff(option(analysis, 'DicomServerEnabled', true)) ? [] : defaults.map(([key, name, otherwise]) => ({ name, answered: option(analysis, key, otherwise) })));

/** How the DICOM server makes sure who calls. */
export const callerChecks = query<Json, { host: Setting<boolean>; title: Setting<boolean> }>('orthanc', 'checks of the caller', (analysis) =>
  isOff(option(analysis, 'DicomServerEnabled', true)) ? [] : [{ host: option(analysis, 'DicomCheckModalityHost', false), title: option(analysis, 'DicomCheckCalledAet', false) }]);

/** What a user of the REST interface may make the server do to its machine. */
export const restPowers = query<Json, { scripts: Setting<boolean>; files: Setting<boolean> }>('orthanc', 'powers of the REST interface', (analysis) =>
  isOff(option(analysis, 'HttpServerEnabled', true)) ? [] : [{ scripts: option(analysis, 'ExecuteLuaEnabled', false), files: option(analysis, 'RestApiWriteToFileSystemEnabled', false) }]);

/** The network folder, where other machines can reach it. */
export const networkFolder = query<Json, Setting<boolean>>('orthanc', 'WebDAV folder', (analysis) => {
  const remote = option(analysis, 'RemoteAccessAllowed', false);
  return remote.kind !== 'undetermined' && remote.value && !isOff(option(analysis, 'HttpServerEnabled', true)) ? [option(analysis, 'WebDavEnabled', true)] : [];
});
