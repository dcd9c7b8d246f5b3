import { isStandIn, spelledOut } from '#concepts/secret.js';
import { known } from '#engine/setting.js';
import type { RegFile, RegValue } from '#notations/reg.js';

/** Programs for remote control that keep their password under a key everyone knows. */
const remoteControl = /\\(?:TightVNC\\Server|RealVNC\\(?:WinVNC4|vncserver)|ORL\\WinVNC3(?:\\Default)?|UltraVNC|TigerVNC\\WinVNC4)$/i;

/** Passwords written out as text, and those of remote control, whose encryption has a published key. */
export function secrets(file: RegFile) {
  return file.keys.filter(({ deleted }) => !deleted).flatMap((key) => key.values.flatMap((value) => {
    if (remoteControl.test(key.path)) return /^(?:Password|PasswordViewOnly|ControlPassword|passwd2?)$/i.test(value.name) && /^hex:\s*[0-9a-f]/i.test(value.data) ? [fact(value, 'reversible', 'the password of remote control')] : [];
    if (value.data[0] !== '"') return [];
    const said = value.data.slice(1, -1).replace(/\\([\\"])/g, '$1');
    if (/\\Winlogon$/i.test(key.path) && value.name.toLowerCase() === 'defaultpassword') return said === '' || isStandIn(said) ? [] : [fact(value, 'clear', 'the password of the automatic log-in')];
    return spelledOut('This file', value.name, said, value.span);
  }));
}

function fact({ span }: RegValue, kept: 'clear' | 'reversible', what: string) {
  return { label: 'This file', span, what, kept: known<'clear' | 'reversible'>(kept, span) };
}
