import type { LoginFields } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { isCredential, namesCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import { integer } from '#engine/codec.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { isInPackage, onOff, providers, rootOf, source, webServer, wordsOf } from './reading.js';

/** Providers that let people in by the place they come from. */
export function logins(yaml: Yaml) {
  return providers(yaml, 'trusted_networks').flatMap((provider) => {
    const networks = wordsOf(provider.get('trusted_networks'));
    if (networks.length > 0 && networks.every(({ text }) => text !== undefined && isThisMachine(text.replace(/\/\d{1,3}$/, '')))) return [];
    const label = 'The trusted networks of Home Assistant';
    const bypass = stated(provider.get('allow_bypass_login').slot, onOff);
    return [
      {
        label: `The log-in from ${label.slice(0, 1).toLowerCase()}${label.slice(1)}`,
        span: provider.head,
        method: {
          ...known<'none' | 'weak' | 'password' | 'strong'>('none', provider.get('type').head, () => provider.remove()),
          remedy: 'Take the log-in from trusted networks away',
        },
        anonymous: bypass,
      },
    ];
  });
}

/** The web sites whose pages may use the interface. */
export function origins(yaml: Yaml, analysis: Analysis<Yaml>): readonly (Fact & Fields<LoginFields>)[] {
  const named = webServer(yaml, analysis)?.get('cors_allowed_origins');
  return (named ? wordsOf(named) : []).flatMap((origin): readonly (Fact & Fields<LoginFields>)[] => {
    const { text, obscured, head: span } = origin;
    if (text === undefined && obscured === undefined) return [];
    return [{
      label: 'The Home Assistant interface', span,
      anySite: text === undefined ? undetermined(span, obscured ?? '') : known(text.trim() === '*', span, (any) => (any ? [] : origin.remove())),
    }];
  });
}

/** A log-in is stopped only where a threshold is set: the switch alone, on by default, does nothing. */
export function lockouts(yaml: Yaml, analysis: Analysis<Yaml>) {
  const http = webServer(yaml, analysis);
  if (!http) return [];
  const threshold = setting(http.get('login_attempts_threshold').slot, integer, { value: -1, source });
  const banned = setting(http.get('ip_ban_enabled').slot, onOff, { value: true, source });
  return [{ label: 'The Home Assistant log-in', span: threshold.span, attempts: attempts(threshold, banned) }];
}

function attempts(threshold: Setting<number>, banned: Setting<boolean>): Setting<number> {
  if (threshold.kind === 'undetermined') return threshold;
  if (banned.kind === 'undetermined') return banned;
  const chief = !banned.value ? banned : threshold;
  return {
    ...chief,
    value: banned.value && threshold.value > 0 ? threshold.value : Infinity,
    write: (wanted) => [...threshold.write(wanted), ...(banned.value ? [] : banned.write(true))],
    caution: 'Behind a proxy that is not listed in trusted_proxies everyone has one address, and is banned together.',
  };
}

/** The credentials the file writes out; `!secret` and `!env_var` take them from elsewhere. */
export function secrets(yaml: Yaml): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  const root = rootOf(yaml);
  if (!root) return [];
  return [...root.descend()].flatMap((place) => {
    if (!place.pair || place.kind !== 'scalar' || isInPackage(place)) return [];
    const fact = { label: 'This file', span: place.head, what: `the ${place.key.replaceAll('_', ' ')} of ${sectionOf(place)}` };
    if (/^!(secret|env_var)$/.test(place.tag ?? ''))
      return namesCredential(place.key) ? [{ ...fact, kept: known<SecretFields['kept']>('referenced', place.head) }] : [];
    return place.text !== undefined && !/[{%]/.test(place.text.slice(0, 3)) && isCredential(place.key, place.text) && !elsewhere.test(place.key)
      ? [{ ...fact, kept: known<SecretFields['kept']>('clear', place.head) }]
      : [];
  });
}

/** Names of Home Assistant that end like a credential and are none. */
const elsewhere = /^(code_arm_required|input_text|password_hash|access_token_url)$/;

function sectionOf(place: Place): string {
  let at = place;
  while (at.parent?.parent) at = at.parent;
  return at.key || 'this file';
}

/** `debugpy` opens the program to a debugger from the network; it starts with the program unless told to wait for a call. */
export function software(yaml: Yaml) {
  const section = rootOf(yaml)?.get('debugpy');
  if (!section?.exists) return [];
  const start = section.get('start');
  const debug: Setting<boolean> =
    section.kind === 'scalar'
      ? undetermined(section.head, section.obscured ?? 'the section holds a word where it holds settings')
      : start.exists
        ? setting(start.slot, onOff, { because: '' })
        : known(true, section.head, () => section.remove());
  return [{ label: 'Home Assistant', span: section.head, debug }];
}
