import { isEveryAddress, isEveryone } from '#concepts/network-names.js';
import { isStandIn } from '#concepts/secret.js';
import type { TunnelFact, TunnelFields } from '#concepts/tunnel.js';
import { oncePer } from '#engine/attached.js';
import { groupedBy } from '#engine/grouping.js';
import { filledIn } from '#engine/holes.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Slot } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { mostBits, readProposals, withGroups, withStrongAlgorithms, withStrongGroups } from '#notations/ipsec-proposals.js';
import { slot, type Group, type SettingsTree } from '#notations/settings-tree.js';

/** A section with those it inherits from, the strongest first. */
export interface View {
  readonly groups: readonly Group[];
  /** Why a setting that none of them states may be stated elsewhere. */
  readonly elsewhere: string | undefined;
}

/** Chains longer than this are cut: no real file comes near. */
const longest = 16;

function view(tree: SettingsTree, own: readonly Group[], elsewhere?: string): View {
  const groups: Group[] = [];
  let missing = elsewhere;
  const add = (group: Group) => {
    if (groups.length >= longest || groups.includes(group)) return;
    groups.push(group);
    for (const path of group.references) {
      let found: Group | undefined = tree;
      for (const name of path.split('.').slice(0, longest)) found = found && part(found, name);
      if (found) add(found);
      else missing = `the section ${path} is in another file`;
    }
  };
  for (const group of own) add(group);
  return { groups, elsewhere: missing };
}

/** The section of a name inside another; the first where there are several. */
function part(group: Group, name: string): Group | undefined {
  return partsByName(group).get(name);
}

const partsByName = oncePer((group: Group): ReadonlyMap<string, Group> => new Map([...group.groups].reverse().map((one) => [one.name, one])));

/** The sections of a name inside a view, and those they inherit from. */
function inner(tree: SettingsTree, { groups, elsewhere }: View, wanted: (name: string) => boolean): readonly (View & { readonly name: string })[] {
  const byName = groupedBy(groups.flatMap((group) => group.groups).filter(({ name }) => wanted(name)), ({ name }) => name);
  return [...byName].map(([name, own]) => ({ name, ...view(tree, own, elsewhere) }));
}

/** The place of a setting: where the strongest section states it, else in the own section. */
export function at(tree: SettingsTree, { groups, elsewhere }: View, key: string): Slot {
  const stating = groups.find((group) => group.entries.some((entry) => entry.key === key));
  if (!stating) return slot(tree, groups[0]!, key, elsewhere);
  const found = slot(tree, stating, key);
  return found.raw === '' ? { ...found, raw: undefined } : found;
}

/** One connection with its parts. */
export interface Connection extends View {
  readonly name: string;
  readonly label: string;
  readonly span: Span;
  readonly locals: readonly View[];
  readonly remotes: readonly View[];
  readonly children: readonly (View & { readonly name: string })[];
}

/** The connections of a file. */
export const connections = oncePer((tree: SettingsTree): readonly Connection[] =>
  tree.groups.filter(({ name }) => name === 'connections').flatMap((section) => section.groups).map((own) => {
    const whole = view(tree, [own]);
    return {
      ...whole,
      name: own.name,
      label: `The IPsec connection ${own.name}`,
      span: own.nameSpan,
      locals: inner(tree, whole, (name) => name.startsWith('local')),
      remotes: inner(tree, whole, (name) => name.startsWith('remote')),
      children: inner(tree, whole, (name) => name === 'children').flatMap((part) => inner(tree, part, () => true)),
    };
  }));

type Authentication = TunnelFields['authentication'];

/** Whether either end proves itself with a key that both have. */
export function sharesKey(tree: SettingsTree, { locals, remotes }: Connection): boolean {
  return [...locals, ...remotes].some((end) => at(tree, end, 'auth').raw?.toLowerCase() === 'psk');
}

/** What the connections and their children say. Children that only let packets pass or drop are no tunnels. */
export function tunnels(tree: SettingsTree): readonly TunnelFact[] {
  return connections(tree).flatMap((connection) => {
    const { label, span } = connection;
    const address = at(tree, connection, 'remote_addrs').raw;
    const base = { kind: 'ipsec' as const, ...(address !== undefined && !address.startsWith('%') && { address }) };
    const proposals = at(tree, connection, 'proposals');
    const aggressive = at(tree, connection, 'aggressive');
    const shared = sharesKey(tree, connection);
    const read = ikeVersion(at(tree, connection, 'version'));
    // XAUTH asks who the caller is, and IKEv2 does not have it: without it the shared key alone would open the door.
    const byName = connection.remotes.some((end) => /^xauth/i.test(at(tree, end, 'auth').raw ?? ''));
    const version = byName && read.kind !== 'undetermined' ? { ...read, write: () => [] } : read;
    // Aggressive mode is of IKEv1 alone.
    const hasty = shared && /^(?:yes|true|1|enabled)$/i.test(aggressive.raw ?? '') && (version.kind === 'undetermined' || version.value === 1);
    const found: TunnelFact[] = [{
      ...base, label, span,
      ikeVersion: version,
      ...(proposals.raw !== undefined && algorithms(proposals, proposals.raw)),
      authentication: shared && filledIn(aggressive.raw, aggressive.span) ? filledIn(aggressive.raw, aggressive.span) : hasty
        ? version.kind === 'undetermined' ? version : known<Authentication>('aggressive shared key', aggressive.span, () => aggressive.write('no')) : known<Authentication>(shared ? 'shared key' : 'certificate', span),
      ...(shared && { sharedKeyForAnyone: forAnyone(tree, connection) }),
    }];
    for (const remote of connection.remotes) {
      const withdrawnRefused = revocation(tree, remote);
      if (withdrawnRefused) found.push({ ...base, label, span, withdrawnRefused });
    }
    for (const child of connection.children) {
      if (/^(?:pass|drop)$/.test(at(tree, child, 'mode').raw ?? '')) continue;
      const esp = at(tree, child, 'esp_proposals');
      const ah = at(tree, child, 'ah_proposals');
      const part = { ...base, label: `The child ${child.name} of the IPsec connection ${connection.name}` };
      if (ah.raw !== undefined && esp.raw === undefined) found.push({ ...part, span: ah.span, encrypted: known(false, ah.span) });
      else if (esp.raw !== undefined) {
        const raw = esp.raw;
        const { everyGroup, encrypts } = readProposals(raw);
        found.push({
          ...part, span: esp.span, ...algorithms(esp, raw),
          encrypted: known(encrypts, esp.span, () => esp.write(withStrongAlgorithms(raw))),
          forwardSecrecy: known(everyGroup, esp.span, () => esp.write(withGroups(raw))),
        });
      }
    }
    return found;
  });
}

/** swanctl.conf(5): `remote_addrs` is `%any` where it is left out. */
function forAnyone(tree: SettingsTree, connection: Connection): Setting<boolean> {
  const { raw, span, obscured } = at(tree, connection, 'remote_addrs');
  if (obscured !== undefined) return undetermined(span, obscured);
  if (connection.remotes.length > 1) {
    return undetermined(span, 'each caller also signs in by name: whether the shared key is changed when one leaves is not in the file');
  }
  return known(raw === undefined || raw.split(',').some((end) => isEveryAddress(end) || isEveryone(end)), span);
}

/** Whether a withdrawn certificate of an end is refused; swanctl.conf(5): `relaxed` where it is left out. */
function revocation(tree: SettingsTree, remote: View): Setting<boolean> | undefined {
  if (/^(?:psk|eap(?!-tls)|xauth)/.test(at(tree, remote, 'auth').raw ?? 'pubkey')) return undefined;
  const place = at(tree, remote, 'revocation');
  const { span, raw } = place;
  if (place.obscured !== undefined) return undetermined(span, place.obscured);
  const write = () => place.write('ifuri');
  const caution = 'No tunnel comes up while the list cannot be fetched.';
  return raw === undefined ? { kind: 'default', value: false, span, source: documented('strongSwan', '5.6 to 6.0', 'swanctl.conf(5)'), write, caution }
    : { ...known<boolean>(/^(?:strict|ifuri)$/.test(raw), span, write), caution };
}

function algorithms(place: Slot, raw: string): Pick<TunnelFact, 'weakAlgorithms' | 'weakGroups'> {
  const { weakAlgorithms, weakGroups } = readProposals(raw);
  return {
    weakAlgorithms: known(weakAlgorithms, place.span, () => place.write(withStrongAlgorithms(raw))),
    weakGroups: known(weakGroups, place.span, () => place.write(withStrongGroups(raw))),
  };
}

/** swanctl.conf(5) of strongSwan 5.9: the default 0 initiates IKEv2 and accepts both. */
function ikeVersion(place: Slot): Setting<1 | 2> {
  const { span, raw, obscured } = place;
  if (obscured !== undefined) return undetermined(span, obscured);
  const write = () => place.write('2');
  if (raw === undefined) return { kind: 'default', value: 1, span, source: documented('strongSwan', '5.6 to 6.0', 'swanctl.conf(5)'), write };
  return raw === '2' ? known<1 | 2>(2, span) : raw === '0' || raw === '1' ? known<1 | 2>(1, span, write) : undetermined(span, 'the value is not one this product documents');
}

/** A credential of the section `secrets`, without the credential. */
export interface Held {
  readonly label: string;
  readonly what: string;
  readonly span: Span;
  readonly kept: Setting<'clear' | 'reversible'>;
  /** Only of keys for IKE: whether it names the ends it is for, and whether it could be strong enough. */
  readonly named?: Setting<boolean>;
  readonly long?: Setting<boolean>;
}

const kinds: Readonly<Record<string, string>> = table({ ike: 'a shared key', eap: 'a password', xauth: 'a password', ntlm: 'the hash a password is checked with', ppk: 'a post-quantum key',
  private: 'the passphrase of a private key', rsa: 'the passphrase of a private key', ecdsa: 'the passphrase of a private key', pkcs8: 'the passphrase of a private key',
  pkcs12: 'the passphrase of a private key', token: 'the PIN of a smart card' });

/** The credentials of a file. */
export function secrets(tree: SettingsTree): readonly Held[] {
  return tree.groups.filter(({ name }) => name === 'secrets').flatMap((section) => section.groups).flatMap((group): Held[] => {
    const kind = Object.keys(kinds).find((one) => group.name.startsWith(one));
    const entry = group.entries.filter(({ key }) => key === 'secret' || key === 'pin').at(-1);
    if (kind === undefined || !entry || isStandIn(entry.value)) return [];
    return [{
      label: `The secret ${group.name}`,
      what: kinds[kind]!,
      span: entry.keySpan,
      kept: known<'clear' | 'reversible'>('clear', entry.keySpan),
      ...(kind === 'ike' && {
        named: known(group.entries.some(({ key, value }) => key.startsWith('id') && !isEveryAddress(value)), group.nameSpan),
        long: known(mostBits(entry.value) >= 112, entry.keySpan),
      }),
    }];
  });
}
