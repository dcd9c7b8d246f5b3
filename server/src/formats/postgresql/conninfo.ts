import { isStandIn } from '#concepts/secret.js';
import type { Slot } from '#engine/setting.js';

/** libpq's `keyword = value` connection strings, section 34.1.1: pairs apart by white space, values in single quotes where needed. */
const pair = /(?<![\w])(\w+)\s{0,200}=\s{0,200}('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)/g;

/** The words of a connection string. */
export function conninfo(text: string): ReadonlyMap<string, string> {
  return new Map([...text.replaceAll("''", "'").matchAll(pair)].map((match) => [match[1]!, match[2]!.replace(/^'|'$/g, '')]));
}

/** The slot of one keyword inside a connection string. */
export function keyword(string: Slot, name: string): Slot {
  const raw = string.raw === undefined ? undefined : conninfo(string.raw).get(name);
  return {
    span: string.span,
    raw,
    obscured: string.obscured,
    write: (value) => {
      if (value === raw || string.raw === undefined || string.raw.includes("'")) return [];
      const found = [...string.raw.matchAll(pair)].filter((match) => match[1] === name).at(-1);
      return string.write(found ? `${string.raw.slice(0, found.index)}${name}=${value}${string.raw.slice(found.index + found[0].length)}`
        : `${string.raw.trimEnd()} ${name}=${value}`);
    },
  };
}

/** Whether a connection string holds a password as it is. */
export function holdsPassword(text: string): boolean {
  const password = conninfo(text).get('password') ?? /^postgres(?:ql)?:\/\/[^/@:]*:([^@]*)@/.exec(text)?.[1];
  return password !== undefined && !isStandIn(password);
}
