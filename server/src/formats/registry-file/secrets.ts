import { isStandIn, spelledOut } from '#concepts/secret.js';
import { known } from '#engine/setting.js';
import type { RegFile } from '#notations/reg.js';
import { remoteControlPassword } from '#notations/windows-secrets.js';

/** Passwords written out as text, and those of remote control, whose encryption has a published key. */
export function secrets(file: RegFile) {
  return file.keys.filter(({ deleted }) => !deleted).flatMap((key) => key.values.flatMap((value) => {
    const bytes = /^hex:(.*)$/is.exec(value.data)?.[1];
    if (bytes !== undefined) return remoteControlPassword('This file', key.path, value.name, bytes, value.span);
    if (value.data[0] !== '"') return [];
    const said = value.data.slice(1, -1).replace(/\\([\\"])/g, '$1');
    if (/\\Winlogon$/i.test(key.path) && value.name.toLowerCase() === 'defaultpassword') {
      const what = 'the password of the automatic log-in';
      return said === '' || isStandIn(said) ? [] : [{ label: 'This file', span: value.span, what, kept: known<'clear' | 'reversible'>('clear', value.span) }];
    }
    return spelledOut('This file', value.name, said, value.span);
  }));
}
