import { yesNo } from '#engine/codec.js';
import type { Analysis } from '#engine/analysis.js';
import { setting, type Setting } from '#engine/setting.js';
import { commentsOf, nodeAt, parseJson, slot, type Json, type JSONPath } from '#notations/json.js';

/** What a default rests on: the configuration that the program itself prints. */
export const source = 'Orthanc 1.10.1, Orthanc --config';

export const onOff = yesNo(['true'], ['false']);

/** Orthanc replaces `${NAME}` by the environment before it reads the file. */
export const isEnvironment = (text: string) => /\$\{\w+(?::-[^}]*)?\}/.test(text);

/**
 * Why an option this file leaves out may still be stated: Orthanc merges every JSON file of its folder. `undefined`
 * when the whole folder has been read and no other file states it.
 */
export function elsewhere({ path, surroundings }: Analysis, name: string): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const siblings = surroundings.match(`${folder}*.json`);
  if (siblings === 'pending') return `another file of its folder may state ${name}`;
  for (const sibling of siblings) {
    if (sibling === path) continue;
    const opened = surroundings.open(sibling);
    if (opened === 'pending') return `${sibling} may state ${name}`;
    if (opened !== 'absent' && opened.text.includes(`"${name}"`) && nodeAt(parseJson(opened.text), [name])) return `${sibling} states ${name}`;
  }
  return undefined;
}

/** What a file of the server itself names; one without any of it holds what a plug-in reads, or the users, and leaves the rest to its folder. */
const ofServer = [
  'Name', 'StorageDirectory', 'IndexDirectory', 'HttpPort', 'HttpServerEnabled', 'RemoteAccessAllowed', 'SslEnabled', 'AuthenticationEnabled',
  'DicomAet', 'DicomPort', 'DicomServerEnabled', 'DicomTlsEnabled', 'DicomModalities',
];

/** Whether an option is absent because this file is only a part of a folder: it is judged in the file of the server. */
export function isLeft({ tree }: Analysis<Json>, name: string): boolean {
  return !nodeAt(tree, [name]) && !ofServer.some((one) => nodeAt(tree, [one]));
}

/** A switch at the top of the file, with the value the program prints as its default. */
export function option(analysis: Analysis<Json>, name: string, otherwise: boolean): Setting<boolean> {
  const place = slot(analysis.tree, [name], 'literal');
  if (place.raw !== undefined) return setting(isEnvironment(place.raw) ? { ...place, obscured: `${name} comes from the environment` } : place, onOff, { value: otherwise, source });
  return setting({ ...place, obscured: elsewhere(analysis, name) }, onOff, { value: otherwise, source });
}

/** A switch as {@link option} reads it, unless the file is only a part of a folder and leaves it out. */
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

export { commentsOf };
