import type { Analysis } from '#engine/analysis.js';
import { isStandIn } from '#concepts/secret.js';
import { query } from '#engine/query.js';
import { inReleases, isBefore, type Releases } from '#engine/release.js';
import { known, setting, undetermined, type Absent, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { slot, type Directives, type Section } from '#notations/directives.js';
import { trueFalse } from './channels.js';
import { anonymous, hasGuard, manual, releasesFor } from './releases.js';
import { bridges, elsewhere, last, listeners, perListener, whole, type Listener } from './sections.js';

const identifies = (section: Section) => section.directives.some(({ name, value }) => name === 'require_certificate' && value === 'true')
  || section.directives.some(({ name }) => name === 'psk_hint');

/** Who may come in without an account. Listeners of this machine alone, and those that ask for a certificate or a key, do not count. */
export function logins(file: Directives, analysis: Analysis<Directives>) {
  const all = listeners(file);
  const used = releasesFor(file, analysis);
  const open = all.filter(({ near, section }) => !near && !identifies(section));
  const states = (name: string) => ({ section }: Listener) => section.directives.some((one) => one.name === name);
  const apart = perListener(file) ? open : open.filter(states('listener_allow_anonymous'));
  const facts = apart.map(({ label, span, section }) => {
    const name = perListener(file) ? 'allow_anonymous' : 'listener_allow_anonymous';
    return { label, span, anonymous: setting(slot(file, section, name, { wins: 'last' }), trueFalse, unstated(section, used)) };
  });
  if (perListener(file) || (apart.length > 0 && apart.length === open.length)) return facts;
  const other = elsewhere(file, analysis, 'allow_anonymous', 'per_listener_settings');
  // The last statement holds, and the files it includes are judged by themselves.
  if (other === 'stated' && (last(file, 'allow_anonymous')?.span.start ?? -1) < (last(file, 'include_dir')?.span.start ?? 0)) return facts;
  const reason = typeof other === 'object' ? other.because : undefined;
  const own = setting(slot(file, whole(file), 'allow_anonymous', { wins: 'last', elsewhere: reason }), trueFalse, unstated(whole(file), used));
  const broker = { label: 'The MQTT broker', span: own.span, anonymous: own };
  if (all.length > 0) return open.length === 0 ? [] : [...facts, broker];
  const isFirst = used !== undefined && isBefore(used.greatest, '2.0');
  // Without any listener release 2 answers this machine alone, and lets everyone on it in.
  if (isFirst || (own.kind === 'undetermined' && reason !== undefined)) return [broker];
  if (own.kind !== 'stated' || (used !== undefined && own.value)) return [];
  const because = reason === undefined ? 'without a `listener` version 2 answers this machine alone, and version 1 everyone' : 'the listeners are in another file';
  return [own.value ? { ...broker, anonymous: undetermined(own.span, because) } : broker];
}

/** What holds where `allow_anonymous` is left out. */
const unstated = (section: Section, used: Releases | undefined): Absent<boolean> =>
  (hasGuard(section) ? { value: false, source: manual } : inReleases(anonymous, used, 'state allow_anonymous'));

/** Credentials in the file, and a file of passwords that holds them in clear where the workspace has it. */
export function secrets(file: Directives, { path, surroundings }: Analysis<Directives>) {
  const found: { label: string; span: Span; what: string; credential?: Span; kept: Setting<'clear' | 'hashed'> }[] = [];
  for (const bridge of bridges(file)) {
    for (const { name, value, nameSpan } of bridge.directives) {
      if (!['remote_password', 'password', 'bridge_psk'].includes(name) || isStandIn(value)) continue;
      found.push({ label: `The MQTT bridge ${bridge.head!.value}`, span: nameSpan, what: name === 'bridge_psk' ? 'its shared key'
        : 'the password of the other broker', kept: known<'clear'>('clear', nameSpan) });
    }
  }
  for (const { name, value, span } of file.directives) {
    if (name !== 'password_file' || value === '') continue;
    const other = surroundings.open([...path.split('/').slice(0, -1), value.split('/').at(-1)!].join('/'));
    if (typeof other !== 'object') continue;
    const clear = other.text.slice(0, 1_000_000).split('\n').some((line) => /^[^#:\s][^:]*:(?!\$[67]\$)\S/.test(line));
    found.push({ label: `The password file ${value}`, span, credential: { start: span.end, end: span.end }, what: 'passwords of devices', kept: known<'clear' | 'hashed'>(clear ? 'clear' : 'hashed', span) });
  }
  return found;
}

/** Who came and went, and when. mosquitto.conf(5): connections are logged as notices, to stderr, with the time, unless told otherwise. */
export function auditTrails(file: Directives) {
  const found: { label: string; span: Span; enabled?: Setting<boolean>; timed?: Setting<boolean> }[] = [];
  const nowhere = file.directives.filter(({ name, value }) => name === 'log_dest' && value === 'none').at(-1);
  // `none` clears what stands before it; a destination behind it counts again.
  const after = nowhere && file.directives.some(({ name, value, span }) => name === 'log_dest' && value !== 'none' && span.start > nowhere.span.start);
  const destination = file.directives.filter(({ name, value }) => name === 'log_dest' && value !== 'none').at(-1);
  if (nowhere && !after) found.push({ label: 'The log of the broker', span: nowhere.span,
    enabled: known(false, nowhere.span, (on) => (on ? [{ ...nowhere.valueSpan, text: 'syslog' }] : [])) });
  else if (destination) found.push({ label: 'The log of the broker', span: destination.span, enabled: known(true, destination.span) });
  const messages = slot(file, whole(file), 'connection_messages', { wins: 'last' });
  if (messages.raw !== undefined) found.push({ label: 'The log of connections', span: messages.span, enabled: setting(messages, trueFalse, { because: '' }) });
  const types = file.directives.filter(({ name }) => name === 'log_type');
  const final = types.at(-1);
  if (final && !types.some(({ value }) => value === 'notice' || value === 'all')) {
    const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
    found.push({ label: 'The log of connections', span: final.span,
      enabled: known(false, final.span, (on) => (!on ? [] : final.value === 'none' ? [{ ...final.valueSpan, text: 'notice' }]
        : [{ start: final.span.end, end: final.span.end, text: `${eol}log_type notice` }])) });
  }
  const stamp = slot(file, whole(file), 'log_timestamp', { wins: 'last' });
  if (stamp.raw !== undefined && destination?.value !== 'syslog') found.push({ label: 'The log of the broker', span: stamp.span,
    timed: setting(stamp, trueFalse, { because: '' }) });
  return found;
}

/** Whether the broker keeps the rights of `user root`; it drops them by default. */
export function privileges(file: Directives) {
  const user = last(file, 'user');
  if (!user) return [];
  const at = slot(file, whole(file), 'user', { wins: 'last' });
  return [{ label: 'The MQTT broker', span: user.span, root: known(user.value === 'root', user.span, (root) => (root ? [] : at.write('mosquitto'))) }];
}

/** Which topics a device may read and write: a list, a plugin, or nothing. */
export interface TopicRights {
  readonly span: Span;
  readonly label: string;
  readonly limited: Setting<boolean>;
}

const limits = new Set(['acl_file', 'plugin', 'auth_plugin', 'global_plugin']);

/** Where there are accounts: without them nobody could be limited, and anonymous access is what is wrong. */
const hasAccounts = (directives: Section['directives']) =>
  directives.some(({ name, value }) => name === 'password_file' || name === 'psk_file' || (name === 'use_identity_as_username' && value === 'true'));

/** The rights to topics, for the broker or for each listener that has its own. */
export const topicRights = query<Directives, TopicRights>('mosquitto', 'rights to topics', (analysis) => {
  const { tree } = analysis;
  const open = listeners(tree).filter(({ near }) => !near);
  const other = elsewhere(tree, analysis, ...limits);
  const said = (directives: Section['directives'], span: Span): Setting<boolean> => {
    const limit = directives.find(({ name }) => limits.has(name));
    if (limit) return known(true, limit.span);
    if (other === 'stated') return known(true, span);
    return other === undefined ? { kind: 'default', value: false, source: manual, span, write: () => [] }
      : undetermined(span, other.because);
  };
  if (perListener(tree)) {
    return open.filter(({ section }) => hasAccounts(section.directives)).map(({ section, span, label }) =>
      ({ span, label, limited: said(section.directives, span) }));
  }
  return open.length > 0 && hasAccounts(tree.directives) ? [{ span: open[0]!.span, label: 'The MQTT broker', limited: said(tree.directives, open[0]!.span) }]
    : [];
});
