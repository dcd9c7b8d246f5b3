import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Opening } from '#concepts/opening.js';
import { Tunnel, type TunnelEnds, type TunnelFields } from '#concepts/tunnel.js';
import type { Fact } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, stated } from '#engine/setting.js';
import type { Resource } from '../resource.js';
import { either, entry, flag, items, named, reading, says, where, word, unsure, type Field, type FieldsOf, type Says, type Table } from '../says.js';
import { itemsOf, textOf } from '../values.js';

/**
 * Names that RFC 8247 and RFC 8221 rule out. HMAC with SHA-1 and ciphers in CBC mode are not broken and are left alone.
 * Version 2 of the provider has `esp` and `ah` in front of the lists.
 */
const weakNames = new Set(['des', '3des', 'null', 'md5', 'none']);
const weakGroups = new Set(['group1', 'group2', 'group5']);

const weak = (bad: ReadonlySet<string>, path: string, strong: string): Field<readonly string[]> =>
  items(path, (names) => names.filter((name) => bad.has(name)), undefined, (resource) => {
    const kept = itemsOf(resource.value(path)).map((item) => textOf(item) ?? '').filter((name) => !bad.has(name));
    return `[${(kept.length > 0 ? kept : [strong]).map((name) => JSON.stringify(name)).join(', ')}]`;
  });

const tunnel = (fields: FieldsOf<TunnelFields>): Says => says<TunnelFields, TunnelEnds>(Tunnel, { kind: 'ipsec' }, fields);

const lists = (kind: string, strong: string, ...paths: readonly string[]): readonly Says[] => paths.map((path) => tunnel({ weakAlgorithms: weak(weakNames, `${path}${kind}`, strong) }));

/** The authentication header signs packets and leaves them readable. */
const encapsulation: Field<boolean> = either(word('protocol', [['esp', true], ['ah', false]], undefined), where((one) => one.has('ah') && !one.has('esp'), (one) => known(false, one.place('ah').span)));

/** The one group of a profile; group 14 has 2048 bits. */
function group<T>(judge: (name: string) => T): Field<T> {
  return (resource) => stated(resource.slot('dh_group'), { read: judge, print: () => 'group14' });
}

const ipsec = entry('IPsec profile', tunnel({ encrypted: encapsulation }), ...lists('encryptions', 'aes-256-gcm', '', 'esp.'), ...lists('authentications', 'sha256', '', 'esp.', 'ah.'),
  tunnel({ weakGroups: group((name) => (weakGroups.has(name) ? [name] : [])), forwardSecrecy: group((name) => name !== 'no-pfs') }));
const ike = entry('IKE profile', ...lists('encryptions', 'aes-256-cbc', ''), ...lists('authentications', 'sha256', ''), ...lists('hashes', 'sha256', ''), tunnel({ weakGroups: weak(weakGroups, 'dh_groups', 'group14') }));

/** Services of an interface that carry an administrator's password in clear. */
const inClear = (name: 'http' | 'telnet'): Says => says(Channel, { role: 'listens' as const, protocol: name }, {
  protection: reading(flag(name, undefined), (on) => (on ? 'none' as const : 'encrypted' as const), (wanted) => wanted === 'none'),
}, { when: (one) => one.text(name) === 'true' || unsure(one, name) !== undefined, called: `administration over ${name === 'http' ? 'HTTP' : 'Telnet'} of` });

/** Without a list every address may knock: PAN-OS Web Interface Reference, Interface Management. */
const sources: Field<'any' | 'restricted'> = where((one) => ['http', 'https', 'ssh', 'telnet'].some((service) => one.text(service) === 'true'),
  (one) => (one.has('permitted_ips') ? known<'any' | 'restricted'>('restricted', one.place('permitted_ips').span) : { kind: 'default', value: 'any', span: one.span, source: documented('PAN-OS', '8.1 to 11.2', 'Web Interface Reference, Interface Management'), write: () => [] }));
const management = entry('management profile', inClear('http'), inClear('telnet'), says(Login, {}, { sources }));

const any = (rule: Resource, path: string): boolean => {
  const all = itemsOf(rule.value(path));
  return all.length > 0 && all.every((one) => textOf(one) === 'any');
};

/** A rule that lets everything in from everywhere. What zones, groups and applications a narrower rule means, other objects say. */
const openings = (each: string): Says => ({
  of: Opening,
  facts: (resource, called) => resource.nested(each).flatMap((rule): readonly Fact[] => {
    const wide = ['source_zones', 'source_addresses', 'destination_addresses', 'applications', 'services'].every((path) => any(rule, path));
    const name = rule.text('name');
    const passes = (rule.text('action') ?? 'allow') === 'allow' && rule.text('disabled') !== 'true';
    return wide && passes ? [{ label: name === undefined ? named(called, resource) : `The rule ${name} of the ${called} "${resource.name}"`, span: rule.span, ports: 'any' as const, source: known<'anywhere' | 'restricted'>('anywhere', rule.place('source_addresses').span) } as Fact] : [];
  }),
});

/** Sessions are logged at their end unless that is switched off. */
const logged = (each: string): Says => says(AuditTrail, {}, { enabled: where((rule) => rule.text('log_end') === 'false' && rule.text('log_start') !== 'true', flag('log_end', undefined)) }, { each, called: 'traffic log of a rule of' });

const rules = entry('security policy', openings('rule'), openings('rules'), logged('rule'), logged('rules'));

/** The same resources for one firewall and for Panorama. */
const both = (name: string, of: Table[string]): Table => ({ [`panos_${name}`]: of, [`panos_panorama_${name}`]: of });

export const paloalto: Table = {
  ...both('ipsec_crypto_profile', ipsec), ...both('globalprotect_ipsec_crypto_profile', ipsec), ...both('ike_crypto_profile', ike),
  ...both('management_profile', management), ...both('interface_management_profile', management),
  ...both('security_policy', rules), ...both('security_rule_group', rules), ...both('security_policy_rules', rules),
};
