import { integer } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { known, setting, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { childSlot } from '#notations/xml.js';
import { field, valueOf, type Connector, type MirthChannel } from './channels.js';
import { listeningOn } from './ends.js';
import type { Export } from './export.js';
import { givesContent, occurrences, scriptCalls } from './scripts.js';
import { keepsContent, storageMode, type StorageMode } from './storage.js';

const id = 'mirth-channel';

/** The channels of an export, read once. */
export const channels = query<Export, MirthChannel>(id, 'channels', ({ tree }) => tree.channels());

/** How much of its messages a channel keeps. */
export const storage = query<Export, { name: string; mode: Setting<StorageMode> }>(id, 'message storage', (analysis) =>
  channels.select(analysis).flatMap(({ file, name, properties }) => (properties ? [{ name, mode: storageMode(file, properties) }] : [])));

/** Days after which content is deleted; `Infinity` where it is kept for ever. Only where content is kept at all. */
export const pruning = query<Export, { name: string; days: Setting<number> }>(id, 'pruning', (analysis) =>
  channels.select(analysis).flatMap(({ file, name, properties, pruning: settings }) => {
  if (!properties) return [];
  const keeps = keepsContent(file, properties);
  if (keeps.kind !== 'undetermined' && !keeps.value) return [];
  if (!settings) return [{ name, days: undetermined(keeps.span, 'the export does not hold the pruning settings of the channel') }];
  const days = [
    'pruneContentDays', 'pruneMetaDataDays',
  ].map((field) => childSlot(file, settings, field)).find(({ raw }) => raw !== undefined && raw !== '');
  const write = (wanted: number) => childSlot(file, settings, 'pruneContentDays').write(String(wanted));
  return [{ name, days: keeps.kind === 'undetermined' ? keeps : days ? setting(days, integer, { because: '' }) : known(Infinity, settings.tag, write) }];
}));

/** A place in a script and the channel it is in. */
export interface ScriptPlace {
  readonly name: string;
  readonly span: Span;
}

/** Where a script writes a message, or who the patient is, into the log of the server. */
export const loggedContent = query<Export, ScriptPlace>(id, 'logged content', (analysis) => channels.select(analysis).flatMap((channel) =>
  scriptCalls(channel, 'logger.', /^(?:info|debug|warn|error|trace)\(/).filter(givesContent).map(({ span }) => ({ name: channel.name, span }))));

/** Classes whose only purpose is to accept every certificate or host name, by what their names share. */
const trusting: readonly (readonly [word: string, around: RegExp])[] = [
  ['HostnameVerifier', /\b(?:Noop|AllowAll)HostnameVerifier\b/], [
    'ALLOW_ALL_HOSTNAME_VERIFIER', /\bALLOW_ALL_HOSTNAME_VERIFIER\b/,
  ], ['TrustAll', /\bTrustAll(?:Strategy|X509TrustManager)\b/], ['NaiveTrustManager', /\bNaiveTrustManager\b/],
];

/** Where a script accepts any certificate. */
export const trustingScripts = query<Export, ScriptPlace>(id, 'scripts that trust anyone', (analysis) => channels.select(analysis).flatMap((channel) =>
  trusting.flatMap(([word, around]) => occurrences(channel, word).flatMap(({ at }) => {
    const from = Math.max(0, at - 20);
    const match = around.exec(channel.file.text.slice(from, at + word.length + 20));
    return match ? [{ name: channel.name, span: { start: from + match.index, end: from + match.index + match[0].length } }] : [];
  }))));

const ofKind = (analysis: Parameters<typeof channels.select>[0], ...kinds: readonly string[]): readonly Connector[] =>
  channels.select(analysis).flatMap(({ connectors }) => connectors.filter(({ kind }) => kinds.includes(kind)));

/** The address each listener is told to listen on. */
export const listenAddresses = query<Export, { connector: Connector; host: Setting<string> }>(id, 'listen addresses', (analysis) =>
  ofKind(analysis, 'TcpReceiver', 'HttpReceiver', 'WebServiceReceiver', 'DICOMReceiver').flatMap((connector) => {
    if (connector.kind === 'TcpReceiver' && valueOf(connector.file, connector.properties, 'serverMode') === 'false') return [];
    const { host } = listeningOn(connector);
    return host.raw === undefined ? [] : [{ connector, host: setting(host, { read: (raw) => raw, print: (value) => value }, { because: '' }) }];
  }));

const remoteFolders = (analysis: Parameters<typeof channels.select>[0]) => ofKind(analysis, 'FileReceiver', 'FileDispatcher');

/** Whether a folder on another machine is opened without saying who one is. */
export const anonymousFolders = query<Export, { connector: Connector; anonymous: Setting<boolean> }>(id, 'anonymous folders', (analysis) =>
  remoteFolders(analysis).flatMap((connector) => {
  const scheme = valueOf(connector.file, connector.properties, 'scheme')?.toUpperCase();
  if (scheme !== 'FTP' && scheme !== 'WEBDAV') return [];
  const slot = field(connector, 'anonymous');
  return slot.raw === undefined ? [] : [{
    connector,
    anonymous: setting(slot, { read: (raw) => (raw === 'true' ? true : raw === 'false' ? false : undefined), print: String }, { because: '' }),
  }];
}));
