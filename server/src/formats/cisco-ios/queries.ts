import { yesNo } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { inReleases, type Changed } from '#engine/release.js';
import { known, setting, type Setting, undetermined } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { all, anchor, has, insertion, last, negation, removal, replacement, slot, wordSpan, type IosConfig, type Statement } from '#notations/ios.js';
import { accessLists, communities, communityOf, filters, outsides, passingLine } from './access-lists.js';
import { release, usesLists, whole } from './device.js';
import { lines, openLines, transports } from './lines.js';

/** Something this product alone can say, as it is and as a rule may want it. */
export interface Say {
  readonly label: string;
  readonly span: Span;
  /** Whether it is as it should be. */
  readonly good: Setting<boolean>;
}

const ask = (name: string, select: (file: IosConfig) => readonly Say[]) => query<IosConfig, Say>('cisco-ios', name, ({ tree }) => select(tree));

const found = (label: string, { span }: { readonly span: Span }, good: boolean, write: () => ReturnType<typeof insertion> = () => []): Say => ({
  label,
  span,
  good: known(good, span, write),
});

/** Without it releases before 17.10 speak versions 1 and 2 (Cisco IOS XE 16.8 and Catalyst 2960-X 15.2 guides). */
const sshVersions: Changed<boolean> = { product: 'Cisco IOS', page: 'ip ssh version', values: [['12.2', false], ['17.10', true]], to: '17.15' };

/** Whether SSH is spoken in its second version alone. */
export const sshVersion = ask('sshVersion', (file) => {
  const version = last(file, 'ip ssh version');
  if (version && !version.negated) return [found('The SSH server', version, version.words[3] === '2', () => slot(file, file, 'ip ssh version').write('2'))];
  const spoken = openLines(file).some(({ statement }) => transports(statement)?.some((word) => word === 'ssh' || word === 'all'));
  if (!whole(file) || !spoken) return [];
  const span = anchor(file, file);
  return [
    {
      label: 'The SSH server',
      span,
      good: setting({ span, write: () => slot(file, file, 'ip ssh version').write('2') }, yesNo(['2'], ['1']), inReleases(sshVersions, release(file), 'write `ip ssh version 2`')),
    },
  ];
});

/** Communities that may change the device. */
export const snmpWriting = ask('snmpWriting', (file) =>
  communities(file).map((statement) => {
    const hole = statement.words.slice(3).find((word) => /^\{\{|^\$\{|^<[^<>]*>$/.test(word));
    if (hole !== undefined && !communityOf(statement).writes) return {
      label: 'An SNMP community', span: statement.span, good: undetermined(statement.span, 'whether it may write is filled in'),
    };
    const write = () => statement.words.flatMap((word, i) => (i > 2 && word.toLowerCase() === 'rw' ? [{ ...wordSpan(file, statement, i), text: 'RO' }] : []));
    return found('An SNMP community', statement, !communityOf(statement).writes, write);
  }),
);

/** `no aaa new-model`, which IOS prints while accounts are not asked for through lists. */
export const authenticationModel = ask('authenticationModel', (file) => {
  const model = last(file, 'aaa new-model');
  return model ? [found('The device', model, !model.negated)] : [];
});

/** A bare `login` asks for the password of the line, which all who use it share. */
export const linePasswords = ask('linePasswords', (file) =>
  usesLists(file)
    ? []
    : lines(file).flatMap(({ statement, name }) => {
        const login = last(statement, 'login');
        return login && !login.negated && (login.words.length === 1 ? has(statement, 'password') : login.words[1] === 'local')
          ? [found(`The line ${name}`, login, login.words.length > 1, () => (has(file, 'username') ? [replacement(login, 'login local')] : []))]
          : [];
      }),
);

/** `privilege level 15` below a line. */
export const linePrivileges = ask('linePrivileges', (file) =>
  lines(file).flatMap(({ statement, name }) => {
    const level = last(statement, 'privilege level');
    return level && !level.negated ? [found(`The line ${name}`, level, level.words[2] !== '15', () => [removal(level)])] : [];
  }),
);

/** Access lists that are used as a filter and do not exist, or hold nothing: IOS then lets everything through. */
export const missingLists = ask('missingLists', (file) => {
  if (!whole(file)) return [];
  const lists = accessLists(file);
  const used = filters(file);
  return used.map(({ statement, name, on }) => found(`The access list ${name}, used on ${on},`, statement, (lists.get(name)?.entries.length ?? 0) > 0));
});

/**
 * Access lists that filter what comes in and whose first line lets everything through; those on outside interfaces are openings already.
 * What goes out is often inspected, not filtered.
 */
export const idleLists = ask('idleLists', (file) => {
  const lists = accessLists(file);
  const outside = new Set(outsides(file).map(({ list }) => list));
  return filters(file)
    .filter(({ statement, name, on }) => on.startsWith('interface') && statement.words[3]?.toLowerCase() === 'in' && !outside.has(name))
    .flatMap(({ name, on }) => {
      const list = lists.get(name);
      if (!list || list.entries.length === 0) return [];
      const passing = passingLine(list);
      return [found(`The access list ${name} on ${on.slice(10)}`, (passing ?? list.entries[0]!).statement, !passing)];
    });
});

/** Aggressive mode is answered until it is disabled (Cisco IOS Security Command Reference, "crypto isakmp aggressive-mode disable"); it matters with shared keys. */
export const aggressiveMode = ask('aggressiveMode', (file) => {
  const shared = all(file, 'crypto isakmp policy').find((policy) => has(policy, 'authentication pre-share'));
  const off = last(file, 'crypto isakmp aggressive-mode disable');
  if (!shared || (!off && !whole(file))) return [];
  if (off) return [found('IKE with a shared key', off, !off.negated, () => [replacement(off, 'crypto isakmp aggressive-mode disable')])];
  const { span } = shared;
  return [
    {
      label: 'IKE with a shared key',
      span,
      // That every release answers it by default was read in an excerpt only.
      good: undetermined(span, 'the release decides whether aggressive mode is answered; `crypto isakmp aggressive-mode disable` would refuse it'),
    },
  ];
});

const small = [
  'service tcp-small-servers',
  'service udp-small-servers',
  'service finger',
  'service pad',
  'service config',
  'ip finger',
  'ip bootp server',
  'ip identd',
];

/** Old services that answer anyone. Those a release starts by itself are shown only once they are refused, so only a written one counts. */
export const smallServices = ask('smallServices', (file) =>
  small.flatMap((phrase) => {
    const statement = last(file, phrase);
    return statement ? [found(`The service \`${phrase.replace(/^service /, '')}\``, statement, statement.negated, () => [negation(statement, phrase)])] : [];
  }),
);

export const sourceRoute = ask('sourceRoute', (file) =>
  ['ip source-route', 'ipv6 source-route'].flatMap((phrase) => {
    const statement = last(file, phrase);
    return statement ? [found('The device', statement, statement.negated, () => [negation(statement, phrase)])] : [];
  }),
);

/** `no service password-encryption`, which IOS prints while passwords stand in the file as they were typed. */
export const passwordEncryption = ask('passwordEncryption', (file) => {
  const statement = last(file, 'service password-encryption');
  return statement ? [found('The configuration', statement, !statement.negated, () => [replacement(statement, 'service password-encryption')])] : [];
});

/** Ports for people's devices: access mode, up, and no part of a bundle, which asks its other end by itself and takes no port security. */
function accessPorts(file: IosConfig): readonly Statement[] {
  return all(file, 'interface').filter(
    (port) => has(port, 'switchport mode access') && !has(port, 'shutdown') && !has(port, 'channel-group') && !/^port-channel/i.test(port.words[1] ?? ''),
  );
}

const controls = [
  'switchport port-security',
  'authentication port-control',
  'access-session port-control',
  'dot1x port-control',
  'dot1x pae',
  'mab',
  'source template',
];

/** Whether an access port asks what is plugged in: 802.1X, MAC bypass, or port security. Off until configured. */
export const accessControl = ask('accessControl', (file) =>
  whole(file)
    ? accessPorts(file).map((port) => {
        const good = controls.some((phrase) => has(port, phrase));
        return found(`The access port ${port.words[1]}`, port, good, () => insertion(file, port, 'switchport port-security'));
      })
    : [],
);

/** `ip dhcp snooping` with the networks it covers; off until configured. */
export const dhcpSnooping = ask('dhcpSnooping', (file) => {
  const on = file.children.filter(({ words, negated }) => !negated && words[0] === 'ip' && words[1] === 'dhcp' && words[2] === 'snooping');
  if (on.some(({ words }) => words.length === 3) && on.some(({ words }) => words[3] === 'vlan')) return [found('The switch', on[0]!, true)];
  return whole(file) && accessPorts(file).length > 1 ? [found('The switch', on[0] ?? { span: anchor(file, file) }, false)] : [];
});

/** Where the clock comes from, and whether that is checked: `ntp server`, `ntp authenticate`. */
export const clock = ask('clock', (file) => {
  const sources = [...all(file, 'ntp server'), ...all(file, 'ntp peer'), ...all(file, 'sntp server')];
  if (!whole(file)) return [];
  const other = file.children.some(
    ({ words, negated }) =>
      (!negated && (words[0] === 'ptp' || (words[0] === 'ntp' && words[1] === 'broadcast'))) || (words.includes('ntp') && words[0] === 'interface'),
  );
  if (sources.length === 0) return other ? [] : [found('The device sets its clock from no other', { span: anchor(file, file) }, false)];
  const checked = has(file, 'ntp authenticate') && sources.every(({ words }) => words.includes('key'));
  return [found('The device believes the time of anyone who answers as its time server', sources[0]!, checked)];
});
