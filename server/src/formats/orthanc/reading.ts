import { yesNo } from '#engine/codec.js';
import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { documented } from '#engine/release.js';
import { setting, type Setting } from '#engine/setting.js';
import { sharedReading, statedIn, unread } from '#engine/shared.js';
import { imagesOf } from '#notations/running-images.js';
import { nodeAt, parseJson, properties, slot, type Json, type JSONPath, type Node } from '#notations/json.js';

/** What a default rests on: what release 1.10.1 prints with `--config`, and Configuration.json of 1.12.4, which has the same. */
export const source = documented('Orthanc', '1.10 to 1.12', 'its default configuration');

export const onOff = yesNo(['true'], ['false']);

/** Orthanc replaces `${NAME}` by the environment before it reads the file. */
export const isEnvironment = (text: string) => /\$\{\w+(?::-[^}]*)?\}/.test(text);

/** What a file of the server itself names; one without any of it holds what a plug-in reads, or the users, and leaves the rest to its folder. */
const ofServer = [
  'Name', 'StorageDirectory', 'IndexDirectory', 'HttpPort', 'HttpServerEnabled', 'RemoteAccessAllowed', 'SslEnabled', 'AuthenticationEnabled',
  'DicomAet', 'DicomPort', 'DicomServerEnabled', 'DicomTlsEnabled', 'DicomModalities',
];

/** What the other files of the folder say, which Orthanc merges with this one. */
interface Folder {
  readonly parts: readonly { readonly path: string; readonly file: Json }[];
  /** Which file may say more: the folder has not been read to its end. */
  readonly open?: string;
  /** Whether this is the file in which is said what no file of the folder states. */
  readonly isChief: boolean;
}

/** The files of a folder are read once for all of them. */
const reading = sharedReading('files of Orthanc', parseJson);
const optionsOf = oncePer((file: Json) => properties(file.root).map(({ name }) => name).filter((name) => /^[A-Z]/.test(name)));
const weightOf = (options: readonly string[]) => ofServer.filter((name) => options.includes(name)).length;

/** Between names that no option has. */
const between = '\n';
/** Files that state the same options are one to all others of their folder, however many they are. */
const alike = statedIn('options of Orthanc', (text) => [optionsOf(parseJson(text)).join(between)]);

/**
 * The folder of a file. Orthanc refuses to start where two files state one option: such files are for servers of their own, each
 * judged by itself, and of those that state the same the first stands for all.
 */
export const folderOf = oncePer(({ path, tree, surroundings }: Analysis<Json>): Folder => {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const options = optionsOf(tree);
  const own = weightOf(options);
  const rivals = new Set(options);
  const parts: { path: string; file: Json }[] = [];
  let open: string | undefined;
  let isChief = own > 0;
  for (const glob of ['*.json', '*.jsonc']) {
    const all = surroundings.shared(alike, folder + glob);
    open ??= unread(all, 'another file of its folder');
    for (const [stated, [first]] of all.by) {
      const others = stated.split(between);
      if (first === undefined || first === path || others.some((name) => rivals.has(name))) continue;
      const file = surroundings.shared(reading, first);
      if (typeof file === 'object') parts.push({ path: first, file });
      const weight = weightOf(others);
      if (weight > own || (weight === own && path >= first)) isChief = false;
    }
  }
  return { parts, ...(open !== undefined && { open }), isChief };
});

/** The value of an option, here or in another file of the folder. */
export function nodeInFolder(analysis: Analysis<Json>, path: JSONPath): Node | undefined {
  return [analysis.tree, ...folderOf(analysis).parts.map(({ file }) => file)].map((file) => nodeAt(file, path)).find((node) => node !== undefined);
}

/** Whether a file is known for one of Orthanc by its name, and so judged itself. */
const isJudged = (path: string) => /(?:^|\/)orthanc(?:[^/]*\.jsonc?$|\/)/i.test(path);

/** Whether an option is absent because another file of the folder states it, or is the one in which what is absent is said. */
export function isLeft(analysis: Analysis<Json>, name: string): boolean {
  if (nodeAt(analysis.tree, [name])) return false;
  const { parts, isChief } = folderOf(analysis);
  const other = parts.find(({ file }) => nodeAt(file, [name]));
  return other ? isJudged(other.path) || !isChief : !isChief;
}

/** A switch at the top of the folder's files, with the value the program prints as its default. */
export function option(analysis: Analysis<Json>, name: string, otherwise: boolean, from = source): Setting<boolean> {
  const place = slot(analysis.tree, [name], 'literal');
  if (place.raw !== undefined) return setting(isEnvironment(place.raw) ? { ...place, obscured: `${name} comes from the environment` } : place, onOff, { value: otherwise, source });
  const { parts, open } = folderOf(analysis);
  const other = parts.find(({ file }) => nodeAt(file, [name]));
  if (!other) return setting({ ...place, obscured: open && `${open} may state ${name}` }, onOff, { value: otherwise, source: from });
  const { raw, obscured } = slot(other.file, [name], 'literal');
  const said = { ...place, raw, obscured: obscured ?? (isEnvironment(raw ?? '') ? `${name} comes from the environment` : undefined) };
  return setting({ ...said, through: `as ${other.path.slice(other.path.lastIndexOf('/') + 1)} states`, write: () => [] }, onOff, { value: otherwise, source });
}

/** The images of Orthanc's makers that put their own defaults in front of the mounted files. */
const image = documented('the image orthancteam/orthanc', '24.1 to 25.6', 'its README');

/** Whether the file is given to an image that lets other machines in unless told otherwise. */
function isInImage(analysis: Analysis<Json>): boolean {
  const images = imagesOf(analysis);
  return images !== 'pending' && images.some((one) => /(?:^|\/)(?:orthancteam|osimis)\/orthanc(?:[:@]|$)/.test(one));
}

/** Whether other machines reach the web server. Orthanc itself says no unless told; {@link image} says yes. */
export function remoteAccess(analysis: Analysis<Json>): Setting<boolean> {
  if (nodeInFolder(analysis, ['RemoteAccessAllowed'])) return option(analysis, 'RemoteAccessAllowed', false);
  return isInImage(analysis) ? option(analysis, 'RemoteAccessAllowed', true, image) : option(analysis, 'RemoteAccessAllowed', false);
}

/** A switch as {@link option} reads it, unless another file of the folder is the one to judge. */
export function own(analysis: Analysis<Json>, name: string, otherwise: boolean): Setting<boolean> | undefined {
  return isLeft(analysis, name) ? undefined : option(analysis, name, otherwise);
}

/** A switch that is judged only where the file states it. */
export function statedOption({ tree }: Analysis<Json>, path: JSONPath): Setting<boolean> | undefined {
  const place = slot(tree, path, 'literal');
  return place.raw === undefined ? undefined : setting(place, onOff, { because: '' });
}

/** Whether an option is known to be off: what belongs to it is then not judged. */
export function isOff(option: Setting<boolean>): boolean {
  return option.kind !== 'undetermined' && !option.value;
}
