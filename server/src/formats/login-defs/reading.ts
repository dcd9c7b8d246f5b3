import { integer, oneOf } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { setting, stated, type Codec, type Setting } from '#engine/setting.js';
import { slot, type Dialect, type Directives } from '#notations/directives.js';

/** login.defs(5): a `#` begins a comment only at the start of a line. Observed with useradd 4.13: the last line counts, quotes may stand, `=` and small letters may not. */
export const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'space', separator: '\t', quotes: '"', bare: /^\S+$/ };

export const source = documented('shadow', '4.8 to 4.20', 'login.defs(5)');

const at = (file: Directives, name: string) => slot(file, file, name, { wins: 'last' });

/** A value with the default of the manual page. */
export function value<T>(file: Directives, name: string, codec: Codec<T>, absent: T): Setting<T> {
  return setting(at(file, name), codec, { value: absent, source });
}

/** A value that is judged only where the file states it. */
export function statedValue<T>(file: Directives, name: string, codec: Codec<T>): Setting<T> | undefined {
  return stated(at(file, name), codec);
}

/** The names of ENCRYPT_METHOD. */
export const hashMethod = oneOf('DES', 'MD5', 'SHA256', 'SHA512', 'BCRYPT', 'YESCRYPT');

/** A number that `0` makes octal, as file modes are written. */
export const octal: Codec<number> = { read: (raw) => (/^0?[0-7]{1,4}$/.test(raw) ? parseInt(raw, 8) : undefined), print: (mode) => mode.toString(8).padStart(3, '0') };

/** Days, where -1 and 99999 stand for never. */
export const days: Codec<number> = {
  read: (raw) => {
    const count = integer.read(raw);
    return count === undefined ? undefined : count < 0 || count >= 99_999 ? Infinity : count;
  },
  print: (count) => (count === Infinity ? '99999' : String(count)),
};
