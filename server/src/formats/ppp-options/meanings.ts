import { credentialAt } from '#concepts/credential-text.js';
import { isStandIn } from '#concepts/secret.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { added, last, removed, type Option, type Options } from './options.js';

/** Whether the file is for callers (a server) or for calling out: pppd itself makes no difference. */
export function serves(file: Options, path: string): boolean | undefined {
  if (last(file, 'user', 'password', 'usepeerdns', 'defaultroute', 'noipdefault', 'remotename', 'replacedefaultroute')) return false;
  if (/(?:^|\/)peers\/|\.client$/.test(path)) return false;
  return last(file, 'ms-dns', 'ms-wins', 'proxyarp', 'require-mschap-v2', 'require-mschap', 'require-chap', 'require-pap', 'require-eap', 'login') || /pptpd|l2tpd/.test(path) ? true : undefined;
}

/** PPTP has no IPsec around it: what MPPE does not hide is in clear. */
const isPptp = (file: Options, path: string) => /pptp/.test(path) || file.options.some(({ name, args }) => name === 'plugin' && /pptp/.test(args[0] ?? ''));

const weakRequirements = ['require-pap', '+pap', 'require-chap', '+chap', 'require-mschap', '+mschap'];

/** How callers prove who they are, pppd(8). Several requirements mean that any of them will do. */
export function logins(file: Options, path: string) {
  const found: { label: string; span: Span; method?: Setting<'none' | 'weak' | 'password'>; anonymous?: Setting<boolean> }[] = [];
  const label = 'The PPP server';
  const strong = last(file, 'require-mschap-v2', '+mschap-v2', 'require-eap', '+eap');
  for (const option of file.options) {
    if (!weakRequirements.includes(option.name)) continue;
    found.push({ label, span: option.span, method: known<'none' | 'weak' | 'password'>('weak', option.span, () => [strong ? removed(file, option) : { ...option.nameSpan, text: 'require-mschap-v2' }]) });
  }
  if (strong) found.push({ label, span: strong.span, method: known<'none' | 'weak' | 'password'>('password', strong.span) });
  const proof = last(file, 'noauth', 'auth', ...weakRequirements, 'require-mschap-v2', '+mschap-v2', 'require-eap', '+eap');
  // Each of these turns the proof on or off, and the last has its way.
  const noauth = proof?.name === 'noauth' ? proof : undefined;
  if (noauth && serves(file, path) !== false) {
    found.push({ label, span: noauth.span, anonymous: serves(file, path) ? known(true, noauth.span, () => [{ ...noauth.nameSpan, text: 'auth' }])
      : undetermined(noauth.span, 'one who calls out need not ask who answers, one who is called must: nothing in the file tells which it is for') });
  }
  else if (proof && !noauth) found.push({ label, span: proof.span, anonymous: known(false, proof.span) });
  return found;
}

/** What the link encrypts by itself. Inside IPsec it need not. */
export function tunnels(file: Options, path: string) {
  const pptp = isPptp(file, path);
  const kind = pptp ? 'pptp' as const : /l2tp/.test(path) ? 'l2tp' as const : 'other' as const;
  const label = pptp ? 'The PPTP link' : 'The PPP link';
  const off = last(file, 'nomppe');
  const on = last(file, 'require-mppe', 'require-mppe-128', 'require-mppe-40', '+mppe', '+mppe-128', '+mppe-40', 'mppe');
  if (off && pptp) return [{ label, span: off.span, kind, encrypted: known(false, off.span) }];
  if (!on) return [];
  const forty = /40$/.test(on.name);
  return [{ label, span: on.span, kind, weakAlgorithms: pptp || forty ? known<readonly string[]>([forty ? 'MPPE with 40 bits (RC4)' : 'MPPE (RC4)'], on.span, () => (!pptp ? [{ ...on.nameSpan, text: 'require-mppe-128' }] : []))
    : undetermined(on.span, 'MPPE rests on RC4 and protects nothing worth the name: whether IPsec is around the link is not in this file') }];
}

/** The password this end signs in with. */
export function secrets(file: Options) {
  return file.options.filter(({ name, args }) => name === 'password' && !isStandIn(args[0] ?? '')).map(({ nameSpan, args }) =>
    ({ label: 'The PPP link', what: 'its password', span: nameSpan, credential: credentialAt(file.text, args[0] ?? '', nameSpan.end), kept: known<'clear'>('clear', nameSpan) }));
}

/** When a link without traffic ends; pppd(8), `idle`. What is left out never ends, which for links between sites is as it should be. */
export function sessions(file: Options, path: string) {
  const idle = last(file, 'idle');
  if (!idle || serves(file, path) !== true || !/^\d{1,9}$/.test(idle.args[0] ?? '')) return [];
  const seconds = Number(idle.args[0]);
  return [{ label: 'The PPP link', span: idle.span, idle: known(seconds === 0 ? Infinity : seconds, idle.span, (limit) => [{ ...idle.span, text: `idle ${limit}` }]) }];
}

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

/** `show-password` writes passwords of PAP to the log. */
export function shownPasswords(file: Options): readonly Matter[] {
  const shown = last(file, 'show-password', 'hide-password');
  return shown ? [{ label: 'The log of PPP', span: shown.span, good: known<boolean>(shown.name === 'hide-password', shown.span, () => [{ ...shown.nameSpan, text: 'hide-password' }]) }] : [];
}

/**
 * Whether this end refuses to send its own password in clear, or under a hash that gives it away; asked of files that hold a name to sign in
 * with. What a provider of Internet access asks for over a modem or PPPoE is no tunnel of ours.
 */
export function refusals(file: Options): readonly (Matter & { readonly missing: readonly string[] })[] {
  const who: Option | undefined = last(file, 'user');
  const provider = file.options.some(({ name, args }) => name === 'connect' || ((name === 'plugin' || name === 'pty') && /pppoe/.test(args[0] ?? '')) || /^\/dev\/tty/.test(name));
  if (!who || provider) return [];
  const missing = ['refuse-pap', 'refuse-chap', 'refuse-mschap'].filter((name) => !last(file, name, `-${name.slice(7)}`));
  const holds = missing.length > 0;
  const good: Setting<boolean> = holds ? { kind: 'default', value: false, span: who.span, source: documented('pppd', '2.4.7 to 2.5.3', 'pppd(8)'), write: () => missing.flatMap((name) => added(file, name)) } : known<boolean>(true, who.span);
  return [{ label: 'The PPP link', span: who.span, missing, good }];
}
