/** What commands of Windows say, in a script or wherever else they stand: the same facts, whatever file holds them. */
import { integer, yesNo } from '#engine/codec.js';
import { known, observe, setting, translate, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { isFilledIn, partOf, valuesOf, wordSlot, type Command, type Commands, type Word } from './windows-commands.js';
import { exclusion } from './windows-defender.js';

const trueFalse = yesNo(['$true', 'true', '1'], ['$false', 'false', '0']);
const named = (file: Commands, ...names: readonly string[]) => names.flatMap((name) => file.byName.get(name) ?? []).sort((a, b) => a.span.start - b.span.start);

/** The last word each option of these commands has, so that what a script takes back below is no finding. */
function lastOf(commands: readonly Command[], option: string): Word | undefined {
  return commands.flatMap((command) => valuesOf(command, option)?.[0] ?? []).at(-1);
}

/** A switch as it stands, true and false spelled as they were. */
function flag(word: Word): Setting<boolean> {
  const plain = !word.text.startsWith('$');
  return setting(wordSlot(word, (text) => text.toLowerCase(), (raw) => (plain ? (/^\d$/.test(word.text) ? (raw === '$true' ? '1' : '0') : raw === '$true' ? 'True' : 'False') : raw)), trueFalse, { because: '' });
}

const inverted = (from: Setting<boolean>) => translate(from, (so) => !so, (wanted) => !wanted);

export function malware(file: Commands) {
  const preferences = named(file, 'set-mppreference');
  const label = 'Microsoft Defender';
  const watched = [['-DisableRealtimeMonitoring', label], ['-DisableIOAVProtection', `${label}, for downloads and attachments,`], ['-DisableBehaviorMonitoring', `${label}, for what programs do,`], ['-DisableScriptScanning', `${label}, for scripts,`]] as const;
  const day = lastOf(preferences, '-SignatureScheduleDay');
  const renewed = day && setting(wordSlot(day, (text) => text.toLowerCase()), yesNo(['everyday', '0', '1', '2', '3', '4', '5', '6', '7', 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'], ['never', '8']), { because: '' });
  return [
    ...watched.flatMap(([option, says]) => {
      const word = lastOf(preferences, option);
      return word ? [{ label: says, span: word.span, onAccess: inverted(flag(word)) }] : [];
    }),
    // When a regulated device takes signatures is for its manufacturer to say.
    ...(renewed ? [{ label, span: renewed.span, signaturesUpdated: observe(renewed, (so) => so) }] : []),
  ];
}

export function exclusions(file: Commands) {
  const wellKnown = /^%(systemroot|windir|temp|tmp|userprofile|appdata|localappdata|programdata|programfiles|systemdrive)%/i;
  return named(file, 'add-mppreference', 'set-mppreference').flatMap((command) =>
    ['-ExclusionPath', '-ExclusionExtension', '-ExclusionProcess'].flatMap((option) => valuesOf(command, option) ?? [])
      .filter(({ text }) => !isFilledIn(text.replace(wellKnown, ''))).map(({ text, span }) => exclusion(text, span)));
}

const networks: Readonly<Record<string, string>> = table({ allprofiles: 'all networks', currentprofile: 'the current network', domainprofile: 'domain networks', privateprofile: 'private networks', publicprofile: 'public networks' });

/** `netsh advfirewall set PROFILE state off`, `... firewallpolicy allowinbound,allowoutbound` and `Set-NetFirewallProfile`. The last of each counts. */
export function firewalls(file: Commands) {
  const facts = new Map<string, { label: string; span: Span; enabled?: Setting<boolean>; input?: Setting<'drop' | 'accept'> }>();
  for (const { words } of named(file, 'netsh')) {
    const said = words.map(({ text }) => text.toLowerCase());
    const where = networks[said[3] ?? ''];
    const value = words[5];
    if (said[1] !== 'advfirewall' || said[2] !== 'set' || !where || !value) continue;
    const label = `The Windows firewall for ${where}`;
    if (said[4] === 'state') facts.set(`${label} state`, { label, span: value.span, enabled: setting(wordSlot(value, (text) => text.toLowerCase()), yesNo(['on'], ['off']), { because: '' }) });
    if (said[4] === 'firewallpolicy') facts.set(`${label} input`, { label, span: value.span, input: setting(wordSlot(value, (text) => text.toLowerCase()), { read: (raw) => (raw === 'allowinbound' ? 'accept' as const : raw.startsWith('blockinbound') ? 'drop' as const : undefined), print: (does) => (does === 'drop' ? 'blockinbound' : 'allowinbound') }, { because: '' }) });
  }
  for (const command of named(file, 'set-netfirewallprofile')) {
    const profiles = valuesOf(command, '-Profile') ?? valuesOf(command, '-Name');
    const label = `The Windows firewall for ${profiles ? profiles.map(({ text }) => text.toLowerCase()).join(' and ').slice(0, 60) : 'all'} networks`;
    const enabled = valuesOf(command, '-Enabled')?.[0];
    const action = valuesOf(command, '-DefaultInboundAction')?.[0];
    if (enabled) facts.set(`${label} state`, { label, span: enabled.span, enabled: flag(enabled) });
    if (action) facts.set(`${label} input`, { label, span: action.span, input: setting(wordSlot(action, (text) => text.toLowerCase(), (raw) => (raw === 'block' ? 'Block' : 'Allow')), { read: (raw) => (raw === 'allow' ? 'accept' as const : raw === 'block' ? 'drop' as const : undefined), print: (does) => (does === 'drop' ? 'block' : 'allow') }, { because: '' }) });
  }
  return [...facts.values()];
}

/** `80`, `8000-8010`. */
function rangeOf(text: string): readonly (readonly [from: number, to: number])[] {
  const [, from, to] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(text) ?? [];
  return from === undefined ? [] : [[Number(from), Number(to ?? from)]];
}

/** What keeps a rule to one program, service, kind of network card or message, so that it is left alone. */
const narrower = ['-Program', '-Service', '-Package', '-InterfaceType', '-InterfaceAlias', '-Owner', '-LocalUser', '-RemoteUser', '-RemoteMachine', '-IcmpType', '-DynamicTarget'];

/** Rules that let traffic in to ports. One that names a program or a service is left alone. What a script fills in leaves a rule open. */
export function openings(file: Commands) {
  const rule = (command: Command, direction: Word | undefined, action: Word | undefined, local: readonly Word[], remote: readonly Word[], protocol: string) => {
    const unknown = [direction, action, ...local, ...remote].find((word) => word && isFilledIn(word.text));
    const says = (word: Word | undefined, pattern: RegExp) => word !== undefined && (pattern.test(word.text) || isFilledIn(word.text));
    if (!says(direction, /^in(bound)?$/i) || !says(action, /^allow$/i)) return [];
    const every = local.length === 0 || local.some(({ text }) => /^any$/i.test(text));
    const ports = every ? ('any' as const) : local.flatMap(({ text }) => text.split(',')).flatMap((port) => rangeOf(port));
    if (ports.length === 0 && !unknown) return [];
    const restricted = remote.length > 0 && !remote.some(({ text }) => /^(?:any|0\.0\.0\.0\/0|::\/0)$/i.test(text) || isFilledIn(text));
    const source = restricted ? known<'anywhere' | 'restricted'>('restricted', command.span)
      : unknown ? undetermined(unknown.span, 'the rule is filled in when the script runs') : known<'anywhere' | 'restricted'>('anywhere', command.span);
    return [{ label: 'A rule of the Windows firewall', span: command.span, ports, protocol: protocol.toLowerCase() || undefined, source }];
  };
  const transport = (protocol: string) => /^(?:|any|tcp|udp|6|17)$/i.test(protocol) || isFilledIn(protocol);
  return [
    ...named(file, 'netsh').flatMap((command) => {
      const said = command.words.map(({ text }) => text.toLowerCase());
      if (said[1] !== 'advfirewall' || said[2] !== 'firewall' || said[3] !== 'add' || said[4] !== 'rule') return [];
      // Commas end a word, so the ports behind the first stand as words of their own.
      const option = (name: string) => {
        const at = command.words.findIndex(({ text }) => text.toLowerCase().startsWith(`${name}=`));
        if (at < 0) return [];
        const rest = command.words.slice(at + 1);
        const stop = rest.findIndex(({ text }) => text.includes('='));
        return [partOf(command.words[at]!, name.length + 1), ...(stop < 0 ? rest : rest.slice(0, stop))];
      };
      const protocol = option('protocol')[0]?.text ?? '';
      if (option('program').length + option('service').length > 0 || !transport(protocol) || /^no$/i.test(option('enable')[0]?.text ?? '')) return [];
      return rule(command, option('dir')[0], option('action')[0], option('localport'), option('remoteip'), protocol);
    }),
    ...named(file, 'new-netfirewallrule').flatMap((command) => {
      const first = (name: string) => valuesOf(command, name)?.[0];
      const protocol = first('-Protocol')?.text ?? '';
      if (narrower.some((name) => valuesOf(command, name) !== undefined) || !transport(protocol) || /^\$?false$/i.test(first('-Enabled')?.text ?? '')) return [];
      // What is not said is Inbound, Allow and Any: Microsoft Learn, New-NetFirewallRule.
      const otherwise = (text: string): Word => ({ text, span: command.span, quoted: false, shared: true });
      return rule(command, first('-Direction') ?? otherwise('Inbound'), first('-Action') ?? otherwise('Allow'), valuesOf(command, '-LocalPort') ?? [], valuesOf(command, '-RemoteAddress') ?? [], protocol);
    }),
  ];
}

/** `net accounts /minpwlen:8`: lengths in characters, ages in days, durations in minutes. */
function account(file: Commands, option: string, never: string, limit: number): Setting<number> | undefined {
  const word = named(file, 'net', 'net1').filter(({ words }) => words[1]?.text.toLowerCase() === 'accounts').flatMap((command) => valuesOf(command, option)?.[0] ?? []).at(-1);
  return word && setting(wordSlot(word), { read: (raw) => (raw.toLowerCase() === never ? Infinity : integer.read(raw)), print: (n) => (n === Infinity ? never : String(Math.min(n, limit))) }, { because: '' });
}

export function passwordPolicy(file: Commands) {
  const [length, maximumAge, history] = [account(file, '/minpwlen', '', 14), account(file, '/maxpwage', 'unlimited', 49_710), account(file, '/uniquepw', '', 24)];
  const minimumAge = account(file, '/minpwage', '', 998);
  const first = length ?? maximumAge ?? history ?? minimumAge;
  return first ? [{ label: 'The password policy (net accounts)', span: first.span, length, maximumAge, history, minimumAge }] : [];
}

export function lockout(file: Commands) {
  const attempts = account(file, '/lockoutthreshold', 'never', 999);
  const minutes = account(file, '/lockoutduration', 'forever', 99_999);
  const first = attempts ?? minutes;
  return first ? [{
    label: 'The account lockout (net accounts)', span: first.span, attempts: attempts && translate(attempts, (n) => (n === 0 ? Infinity : n), (n) => n),
    duration: minutes && translate(minutes, (n) => n * 60, (seconds) => (seconds === Infinity ? Infinity : Math.ceil(seconds / 60))),
  }] : [];
}

export function logins(file: Commands) {
  const guest = named(file, 'net', 'net1').filter(({ words }) => words[1]?.text.toLowerCase() === 'user' && words[2]?.text.toLowerCase() === 'guest').flatMap((command) => valuesOf(command, '/active')?.[0] ?? []).at(-1);
  const enabled = named(file, 'enable-localuser').find(({ words }) => words.some(({ text }) => text.toLowerCase() === 'guest'));
  return [
    ...(guest ? [{ label: 'The guest account of Windows', span: guest.span, anonymous: setting(wordSlot(guest, (text) => text.toLowerCase()), yesNo(['yes'], ['no']), { because: '' }) }] : []),
    ...(enabled ? [{ label: 'The guest account of Windows', span: enabled.span, anonymous: known(true, enabled.span) }] : []),
  ];
}

/** `auditpol /set /category:"Logon/Logoff" /success:disable /failure:disable`. */
export function auditTrails(file: Commands) {
  return named(file, 'auditpol').flatMap((command) => {
    const what = (valuesOf(command, '/subcategory') ?? valuesOf(command, '/category'))?.[0];
    const [success, failure] = [valuesOf(command, '/success')?.[0], valuesOf(command, '/failure')?.[0]];
    if (!what || !success || !failure) return [];
    const on = (word: Word) => /^enable$/i.test(word.text);
    const write = (wanted: boolean) => (wanted && !success.shared && !failure.shared ? [success, failure].filter((word) => !on(word)).map((word) => ({ ...word.span, text: 'enable' })) : []);
    return [{ label: `The security log, for ${what.text.slice(0, 60)},`, span: success.span, enabled: known(on(success) || on(failure), success.span, write) }];
  });
}

/** `Set-ExecutionPolicy` for good; one for the process alone ends with the script. */
export function software(file: Commands) {
  const command = named(file, 'set-executionpolicy').filter((one) => !/^process$/i.test(valuesOf(one, '-Scope')?.[0]?.text ?? '') && !one.words.some(({ text }) => text.toLowerCase() === 'process')).at(-1);
  const word = command && (valuesOf(command, '-ExecutionPolicy')?.[0] ?? command.words[1]);
  if (!word || /^-/.test(word.text)) return [];
  const codec = { read: (raw: string) => (/^(RemoteSigned|AllSigned|Restricted|Default)$/i.test(raw) ? true : /^(Unrestricted|Bypass)$/i.test(raw) ? false : undefined), print: (signed: boolean) => (signed ? 'RemoteSigned' : 'Unrestricted') };
  return [{ label: 'PowerShell', span: word.span, signed: setting(wordSlot(word), codec, { because: '' }) }];
}

/** Decrypting a drive. */
export function stores(file: Commands) {
  const off = [...named(file, 'manage-bde').filter(({ words }) => words.some(({ text }) => text.toLowerCase() === '-off')), ...named(file, 'disable-bitlocker')];
  return off.map(({ span }) => ({ label: 'The drive this script decrypts', span, kind: 'disk', encrypted: known(false, span) }));
}

/** A word of a command that may be a password, and what it opens. `named` is the variable it is put into, which says whether it is one. */
export interface PasswordWord {
  readonly word: Word;
  readonly what: string;
  readonly named?: string | undefined;
}

/** Where commands take a password: accounts, shares, log-ins, strings that become secure, variables. */
export function passwordWords(file: Commands): readonly PasswordWord[] {
  const given = (word: Word | undefined, what: string): readonly PasswordWord[] => (word && word.text.length > 0 && !isFilledIn(word.text) ? [{ word, what }] : []);
  const takes = (command: Command): readonly PasswordWord[] => {
    const { name, words } = command;
    const said = words.map(({ text }) => text.toLowerCase());
    if (/^net1?$/.test(name) && said[1] === 'user' && words[3] && !/^[/*]/.test(words[3].text)) return given(words[3], 'the password of an account');
    if (/^net1?$/.test(name) && said[1] === 'use' && said.some((word) => word.startsWith('/user:'))) {
      return given(words.slice(2).find(({ text }) => !/^([a-z]:|\*|\\\\|\/)/i.test(text)), 'the password of a share');
    }
    if (name === 'cmdkey') return given(valuesOf(command, '/pass')?.[0], 'the password of a log-in');
    const at = said.indexOf('convertto-securestring');
    if (at >= 0 && said.some((word) => word.startsWith('-asplain'))) {
      return given(valuesOf(command, '-String')?.[0] ?? words.slice(at + 1).find(({ quoted, text }) => quoted || !text.startsWith('-')), 'a password');
    }
    const [first, sign, third] = words;
    return first && sign?.text === '=' && third?.quoted && first.text.startsWith('$')
      ? [{ word: third, what: `the value of ${first.text.slice(0, 60)}`, named: first.text.slice(1) }] : [];
  };
  const may = ({ name, words }: Command) => name.startsWith('$') || /^(?:net1?|cmdkey|convertto-securestring)$/.test(name)
    || words.some(({ text }) => text.length === 22 && text.toLowerCase() === 'convertto-securestring');
  return file.commands.filter(may).flatMap(takes);
}
