import { isThisMachine } from '#concepts/network-names.js';
import type { Surroundings } from '#engine/analysis.js';
import { known, setting, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { yesNo } from '#engine/codec.js';
import { lineEnd } from '#engine/text.js';
import { slot as directiveSlot } from '#notations/directives.js';
import type { Ini, NamedSection } from '#notations/ini.js';

const yes = yesNo(['yes'], ['no']);

/** An `[lns ...]` answers callers, an `[lac ...]` calls. */
export function parts(file: Ini, kind: 'lns' | 'lac'): readonly (NamedSection & { readonly label: string; readonly place: Span })[] {
  return file.sections.filter(({ name }) => new RegExp(`^${kind}(?:\\s|$)`, 'i').test(name)).map((section) =>
    ({ ...section, label: `The L2TP ${kind === 'lns' ? 'server' : 'client'} ${section.name.slice(4)}`.trimEnd(), place: section.head!.span }));
}

/** A setting of a section that the file states. */
export function option(file: Ini, section: NamedSection, name: string): Setting<boolean> | undefined {
  const at = directiveSlot(file, section, name, { wins: 'last' });
  return at.raw === undefined ? undefined : setting(at, yes, { because: '' });
}

/** The slot of a setting, stated or not. */
export function place(file: Ini, section: NamedSection, name: string) {
  return directiveSlot(file, section, name, { wins: 'last' });
}

/**
 * L2TP encrypts nothing: IPsec around it is configured elsewhere, and is looked for in the files of IPsec that stand beside this one.
 * Listening on this machine alone is no tunnel.
 */
export function tunnels(file: Ini, path: string, surroundings: Surroundings) {
  const address = file.directives.filter(({ name }) => name === 'listen-addr').at(-1)?.value;
  if (address !== undefined && isThisMachine(address)) return [];
  const found = [...parts(file, 'lns').map((one) => ({ ...one, peer: undefined as string | undefined })),
    ...parts(file, 'lac').map((one) => ({ ...one, peer: one.directives.filter(({ name }) => name === 'lns').at(-1)?.value }))];
  const wrapped = found.length > 0 && wrapping(path, surroundings);
  return found.map(({ label, place: span, peer }) => ({
    label,
    span,
    kind: 'l2tp' as const,
    address: peer,
    encrypted: wrapped ? known(true, span) : undetermined(span,
      'L2TP has no encryption of its own: only IPsec around UDP port 1701, stated in ipsec.conf or swanctl.conf, protects it; IKEv2 without L2TP does the same with less to configure'),
  }));
}

/** Whether a file of IPsec beside this one speaks of UDP port 1701. */
function wrapping(path: string, surroundings: Surroundings): boolean {
  const above = path.split('/').slice(0, /(?:^|\/)xl2tpd\/[^/]*$/.test(path) ? -2 : -1).map((part) => `${part}/`).join('');
  const named = [`${above}ipsec.conf`, `${above}swanctl/swanctl.conf`];
  const globbed = [`${above}ipsec.d/*.conf`, `${above}swanctl/conf.d/*.conf`].flatMap((glob) => {
    const paths = surroundings.match(glob);
    return paths === 'pending' ? [] : paths;
  });
  return [...named, ...globbed].some((one) => {
    const other = surroundings.open(one);
    return typeof other === 'object' && /^[ \t]*(?:(?:left|right)protoport[ \t]*=[ \t]*(?:17|udp)\/(?:1701|l2tp|l2f)\b|(?:local|remote)_ts[ \t]*=[^\n#]{0,200}\[udp\/(?:1701|l2tp|l2f)\])/m.test(other.text);
  });
}

/**
 * How callers prove who they are. xl2tpd 1.3.18 hands pppd `auth`, `require-pap`, `require-chap` and `login` only where `require authentication`
 * is yes, and then the file of options, which has the last word.
 */
export function logins(file: Ini, path: string, surroundings: Surroundings) {
  return parts(file, 'lns').flatMap((section) => {
    const { label } = section;
    const found: { label: string; span: Span; method?: Setting<'weak' | 'password'>; anonymous?: Setting<boolean> }[] = [];
    const asked = option(file, section, 'require authentication');
    const asks = asked?.kind === 'stated' && asked.value;
    const pap = option(file, section, 'require pap');
    if (pap && asks) found.push({ label, span: pap.span, method: pap.kind === 'undetermined' ? pap : known<'weak' | 'password'>(pap.value ? 'weak' : 'password', pap.span, () => renamed(file, section)) });
    const options = section.directives.filter(({ name }) => name === 'pppoptfile').at(-1);
    const says = options && lastWord(options.value, path, surroundings);
    if (says === 'noauth') found.push({ label, span: options!.span, anonymous: known(true, options!.span) });
    else if (says === 'auth') found.push({ label, span: options!.span, anonymous: known(false, options!.span) });
    else if (asked?.kind === 'stated') {
      found.push({ label, span: asked.span, anonymous: asks ? known(false, asked.span) : undetermined(asked.span, options ? `${options.value} decides whether callers must prove who they are` : 'pppd asks callers to prove who they are only on machines with a default route') });
    }
    return found;
  });
}

/** What the file of options for pppd, where the workspace has it, says last of the proof it asks for. */
function lastWord(options: string, path: string, surroundings: Surroundings): 'auth' | 'noauth' | undefined {
  const etc = path.lastIndexOf('etc/');
  const folders = path.split('/').slice(0, -1);
  const name = options.split('/').at(-1)!;
  const places = [...(etc >= 0 && options.startsWith('/') ? [path.slice(0, etc) + options.slice(1)] : []), [...folders.slice(0, -1), 'ppp', name].join('/'), [...folders, name].join('/')];
  for (const place of new Set(places)) {
    const other = surroundings.open(place);
    if (typeof other !== 'object') continue;
    const words = other.text.slice(0, 100_000).replace(/(^|\s)#.*/g, '').split(/\s+/).filter((word) => /^(?:auth|noauth|require-(?:pap|chap|mschap|mschap-v2|eap))$/.test(word));
    return words.length === 0 ? undefined : words.at(-1) === 'noauth' ? 'noauth' : 'auth';
  }
  return undefined;
}

/** Asks for CHAP where PAP was asked for. Both at once would have pppd accept either. */
function renamed(file: Ini, section: NamedSection) {
  const pap = section.directives.filter(({ name }) => name === 'require pap').at(-1)!;
  const chap = section.directives.some(({ name }) => name === 'require chap');
  return chap ? [{ ...pap.valueSpan, text: 'no' }] : [{ ...pap.valueSpan, text: `no${lineEnd(file.text)}require chap = yes` }];
}
