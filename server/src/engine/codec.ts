import { table } from './table.js';
import type { Codec } from './setting.js';

/** Whole numbers, as most products write them. A sign, a unit or a word is not a whole number. */
export const integer: Codec<number> = {
  read: (raw) => (/^-?\d{1,15}$/.test(raw) ? Number(raw) : undefined),
  print: String,
};

/** Text as it stands. */
export const text: Codec<string> = { read: (raw) => raw, print: (value) => value };

/** Two words for yes and no; the first of each list is the one to write. Case is ignored. */
export function yesNo(yes: readonly [string, ...string[]], no: readonly [string, ...string[]]): Codec<boolean> {
  return {
    read: (raw) => {
      const word = raw.toLowerCase();
      return yes.includes(word) ? true : no.includes(word) ? false : undefined;
    },
    print: (value) => (value ? yes[0] : no[0]),
  };
}

/** A closed list of words, matched without regard to case and written as listed. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Codec<Word> {
  return { read: (raw) => words.find((word) => word.toLowerCase() === raw.toLowerCase()), print: (word) => word };
}

/** Words separated as the product separates them: `print` joins with the first separator. */
export function list(separator: ',' | ' ' | ':' | ', '): Codec<readonly string[]> {
  const split = separator === ' ' ? /\s+/ : separator === ', ' ? ',' : separator;
  return { read: (raw) => raw.trim().split(split).map((word) => word.trim()).filter(Boolean), print: (words) => words.join(separator) };
}

/** A number of seconds written with a unit: `90`, `90s`, `15m`, `2h`, `7d`, `1w`. Written back in the largest whole unit. */
export const seconds: Codec<number> = {
  read: (raw) => {
    const match = /^(\d{1,12})\s*([smhdw]?)$/i.exec(raw);
    return match ? Number(match[1]) * secondsIn[(match[2] || 's').toLowerCase() as keyof typeof secondsIn] : undefined;
  },
  print: String,
};

const secondsIn = table({ s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const);
