import { known } from '#engine/setting.js';
import type { Span } from '#engine/text.js';

/** Where programs for remote control keep their password, encrypted with a key that all of them share. */
const remoteControl = /\\(?:TightVNC\\Server|RealVNC\\(?:WinVNC4|vncserver)|ORL\\WinVNC3(?:\\Default)?|UltraVNC|TigerVNC\\WinVNC4)$/i;

/**
 * A binary value of the registry as a fact, where it is a password that everybody can turn back; none otherwise. `data` is its bytes in hexadecimal,
 * as files spell them: `d7,a5`, `D7A5`, `0xd7`.
 */
export function remoteControlPassword(label: string, key: string, name: string, data: string, span: Span) {
  if (!remoteControl.test(key) || !/^(?:Password|PasswordViewOnly|ControlPassword|passwd2?)$/i.test(name) || !/^\s*(?:0x)?[0-9a-f]{2}/i.test(data)) return [];
  return [{ label, span, what: 'the password of remote control', kept: known<'clear' | 'reversible'>('reversible', span) }];
}
