import { oncePer } from '#engine/attached.js';
import { groupedBy } from '#engine/grouping.js';
import type { Slot } from '#engine/setting.js';
import { sections, slot, type Directive, type Directives, type Section } from '#notations/directives.js';

/** One `conn` with everything it inherits. */
export interface Connection {
  readonly name: string;
  /** Its own section, where what is missing is written. */
  readonly own: Section;
  /** The sections that hold its parameters, the strongest first. */
  readonly chain: readonly { readonly name: string; readonly section: Section }[];
  /** Why a parameter that no section states may be stated elsewhere. */
  readonly elsewhere: string | undefined;
}

/** Where a parameter of a connection stands or could stand, and which section a message should name. */
export interface Place {
  readonly slot: Slot;
  readonly label: string;
  /** The section it stands in or would be written to. */
  readonly section: Section;
  readonly directive?: Directive | undefined;
}

/** Chains longer than this are cut: no real file comes near. */
const longest = 32;

const heads = new Set(['conn', 'config', 'ca', 'version', 'include']);

/** Only what stands in the first column opens a section. */
function cut(file: Directives): readonly Section[] {
  return sections(file, ({ name, span }) => heads.has(name) && (span.start === 0 || file.text[span.start - 1] === '\n'));
}

/** The sections `config setup`. */
export function setup(file: Directives): Section | undefined {
  return cut(file).filter(({ head }) => head?.name === 'config' && head.value === 'setup').at(-1);
}

/** The connections that are used: templates for others, and those with `auto=ignore`, are not. */
export const connections = oncePer((file: Directives): readonly Connection[] => {
  const all = cut(file);
  const sections = all.filter(({ head }) => head?.name === 'conn');
  const byName = groupedBy(sections, ({ head }) => head!.value);
  const used = new Set(sections.flatMap(({ directives }) => directives.filter(({ name }) => name === 'also').map(({ value }) => value)));
  // Of sections of one name the later is stronger.
  for (const same of byName.values()) same.reverse();
  const included = all.some(({ head }) => head?.name === 'include');
  const found: Connection[] = [];
  for (const [name, own] of byName) {
    if (name === '%default') continue;
    const chain: { name: string; section: Section }[] = [];
    const seen = new Set<string>();
    let missing: string | undefined;
    const add = (which: string) => {
      const inherited: string[] = [];
      if (seen.has(which) || chain.length >= longest) return;
      seen.add(which);
      const here = byName.get(which);
      if (!here) missing = which;
      for (const section of here ?? []) {
        if (chain.length >= longest) return;
        chain.push({ name: which, section });
        for (const directive of section.directives) if (directive.name === 'also') inherited.unshift(directive.value);
      }
      for (const next of inherited) add(next);
    };
    add(name);
    for (const section of (byName.get('%default') ?? []).slice(0, longest)) chain.push({ name: '%default', section });
    const elsewhere = missing !== undefined ? `the section ${missing} is in another file` : included ? 'an included file may hold defaults for it' : undefined;
    const connection = { name, own: own[0]!, chain, elsewhere };
    const auto = value(connection, 'auto');
    const template = used.has(name) && !own.some(({ directives }) => directives.some((directive) => directive.name === 'auto' && directive.value !== 'ignore'));
    if (!template && auto !== 'ignore') found.push(connection);
  }
  return found;
});

/** The place of the first of these parameters that some section of the connection states. An empty value clears what is inherited. */
export function place(file: Directives, { name, own, chain, elsewhere }: Connection, ...parameters: readonly [string, ...string[]]): Place {
  for (const part of chain) {
    const directive = part.section.directives.filter((one) => parameters.includes(one.name)).at(-1);
    if (!directive) continue;
    const at = slot(file, part.section, directive.name, { wins: 'last' });
    return { slot: directive.value === '' ? { ...at, raw: undefined } : at, label: labelOf(part.name), section: part.section, directive };
  }
  const at = slot(file, own, parameters[0], { wins: 'last', elsewhere });
  // A section without a line of its own gives no indentation to copy, and without indentation the line would end the section.
  return { slot: own.directives.length > 0 ? at : { ...at, write: () => [] }, label: labelOf(name), section: own };
}

/** What a connection says of a parameter, in lower case; nothing where it says nothing. */
export function value(connection: Connection, ...parameters: readonly string[]): string | undefined {
  for (const { section } of connection.chain) {
    const directive = section.directives.filter((one) => parameters.includes(one.name)).at(-1);
    if (directive) return directive.value === '' ? undefined : directive.value.toLowerCase();
  }
  return undefined;
}

/** Whether each caller signs in by name besides, with XAUTH, which IKEv2 does not have. */
export function asksXauth(connection: Connection): boolean {
  return value(connection, 'rightauth2', 'rightxauthclient', 'leftxauthserver') !== undefined || /xauth/.test(value(connection, 'authby') ?? '');
}

function labelOf(name: string): string {
  return name === '%default' ? 'The IPsec section %default' : `The IPsec connection ${name}`;
}

/** Parameters and values that only one of the two products has; ipsec.conf(5) of strongSwan 5.9.8 and of Libreswan 4.10. */
const strongswan = new Set(['charondebug', 'strictcrlpolicy', 'leftfirewall', 'rightfirewall', 'rightsourceip', 'leftsourceip', 'eap_identity', 'ikedscp', 'closeaction',
  'leftauth2', 'rightauth2', 'aaa_identity', 'modeconfig', 'cachecrls', 'forceencaps', 'lefthostaccess', 'righthostaccess']);
const libreswan = new Set(['ikev2', 'phase2', 'phase2alg', 'plutodebug', 'pfs', 'protostack', 'nssdir', 'virtual-private', 'virtual_private', 'dumpdir', 'encapsulation',
  'sha2-truncbug', 'rightaddresspool', 'leftaddresspool', 'negotiationshunt', 'failureshunt', 'leftxauthserver', 'leftxauthclient', 'rightxauthclient', 'rightxauthserver',
  'leftmodecfgclient', 'rightmodecfgclient', 'leftmodecfgserver', 'crl-strict', 'crl_strict', 'ocsp-enable', 'leftrsasigkey', 'salifetime', 'aggrmode', 'narrowing', 'mark-out']);

/** Which of the two products the file was written for, where something in it tells. */
export const product = oncePer((file: Directives): 'strongSwan' | 'Libreswan' | undefined => {
  let [one, other] = [0, 0];
  for (const { name, value: said } of file.directives) {
    if (strongswan.has(name) || ((name === 'ike' || name === 'esp') && said.endsWith('!')) || (/^(?:left|right)auth$/.test(name) && /^(?:pubkey|psk|eap|xauth)/.test(said))
      || (name === 'authby' && /^(?:pubkey|psk|ecdsasig|xauth)/.test(said))) one++;
    if (libreswan.has(name) || ((name === 'ike' || name === 'esp') && /[;+_]/.test(said)) || (/^(?:left|right)auth$/.test(name) && /^(?:rsasig|secret|null)$/.test(said))
      || (name === 'authby' && /null|,/.test(said)) || (name === 'auto' && /^(?:ondemand|keep|up)$/.test(said))) other++;
  }
  return one > 0 && other === 0 ? 'strongSwan' : other > 0 && one === 0 ? 'Libreswan' : undefined;
});
