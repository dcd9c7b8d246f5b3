import { isStandIn } from '#concepts/secret.js';
import { known, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { slot } from '#notations/directives.js';
import { sectionsNamed, type Ini } from '#notations/ini.js';

/** Keys that stand in the file. */
export function secrets(file: Ini) {
  return file.sections.flatMap((section) => section.directives.flatMap(({ name, value, nameSpan }) => {
    const what = name === 'privatekey' ? 'its private key' : name === 'presharedkey' ? 'the key it shares with a peer' : undefined;
    return what === undefined || isStandIn(value) || !/^[A-Za-z0-9+/]{42,43}=$/.test(value) ? [] : [{ label: 'The WireGuard interface', what, span: nameSpan, kept: known<'clear'>('clear', nameSpan) }];
  }));
}

/** The tunnel to each peer. WireGuard knows one set of algorithms, all of them strong, and always checks the key of the other end. */
export function tunnels(file: Ini) {
  return sectionsNamed(file, 'peer').flatMap((section) => {
    if (!section.head) return [];
    const endpoint = section.directives.filter(({ name }) => name === 'endpoint').at(-1)?.value;
    const span = section.head.span;
    return [{ label: 'The WireGuard peer', span, kind: 'wireguard' as const, address: endpoint?.replace(/:\d+$/, ''), encrypted: known(true, span), weakAlgorithms: known<readonly string[]>([], span),
      weakGroups: known<readonly string[]>([], span), forwardSecrecy: known(true, span), authentication: known<'certificate'>('certificate', span), peerVerified: known(true, span) }];
  });
}

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

const trueFalse = /^true$/i;

/** wg-quick(8), `SaveConfig`: at shutdown the file is overwritten with what was set while it ran. */
export function overwritten(file: Ini): readonly Matter[] {
  return sectionsNamed(file, 'interface').flatMap((section) => {
    const at = slot(file, section, 'SaveConfig', { wins: 'last' });
    return at.raw === undefined ? [] : [{ label: 'The WireGuard interface', span: at.span, good: known<boolean>(!trueFalse.test(at.raw), at.span, () => at.write('false')) }];
  });
}

/** A key that several peers have: whoever of them spoke last gets the traffic of all. */
export function repeatedKeys(file: Ini): readonly Matter[] {
  const seen = new Set<string>();
  return sectionsNamed(file, 'peer').flatMap((section) => {
    const key = section.directives.filter(({ name }) => name === 'publickey').at(-1);
    if (!key || isStandIn(key.value)) return [];
    const twice = seen.has(key.value);
    seen.add(key.value);
    return [{ label: 'The WireGuard peer', span: key.span, good: known<boolean>(!twice, key.span) }];
  });
}

/** Addresses that two peers claim: wg(8), the last one gets them, and the other is cut off without a word. */
export function contested(file: Ini): readonly Matter[] {
  const owner = new Map<string, number>();
  return sectionsNamed(file, 'peer').flatMap((section, peer) => section.directives.filter(({ name }) => name === 'allowedips').map((directive) => {
    let twice = false;
    for (const part of directive.value.split(',')) {
      const range = part.trim().toLowerCase();
      if (range === '' || isStandIn(range)) continue;
      const whole = range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`;
      if ((owner.get(whole) ?? peer) !== peer) twice = true;
      owner.set(whole, peer);
    }
    return { label: 'The WireGuard peer', span: directive.span, good: known<boolean>(!twice, directive.span) };
  }));
}

/** Lines of the firewall that let every peer reach everything behind this machine. */
export function forwarding(file: Ini): readonly Matter[] {
  return sectionsNamed(file, 'interface').flatMap((section) => section.directives.filter(({ name }) => name === 'postup' || name === 'preup').map((directive) => {
    const bad = directive.value.split(/;|&&/).some((command) => /\bip6?tables\b/.test(command) && /(?:-A|-I|--append|--insert)\s+FORWARD\b/.test(command) && /-j\s+ACCEPT\b/.test(command)
      && /(?:-i|--in-interface)\s+(?:%i|wg\w*)/.test(command) && !/(?:\s-d\s|--destination|--dports?|-o\s|--out-interface|-m\s+(?:conntrack|state|set)|\s-s\s|--source)/.test(command));
    return { label: 'The WireGuard interface', span: directive.span, good: known<boolean>(!bad, directive.span) };
  }));
}
