import { didYouMean } from '#configuration/nearest.js';

/** A mistake of the one who typed the command. Its message says what to do; the exit code is 2. */
export class UsageError extends Error {}

/** One option of a command: a flag, or one that takes a value. */
export interface Option {
  /** What the value is called in the help; absent for a flag. */
  readonly value?: string;
  readonly meaning: string;
  /** The values it may have. */
  readonly oneOf?: readonly string[];
  readonly many?: boolean;
}

export interface Command {
  readonly summary: string;
  /** What stands behind the name in the usage line, and what it is. */
  readonly operands?: { readonly usage: string; readonly least: number; readonly most: number; readonly missing: string };
  readonly options: Readonly<Record<string, Option>>;
  readonly notes?: readonly string[];
}

/** The words of a command line, sorted. */
export interface Arguments {
  readonly operands: readonly string[];
  flag(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
}

/** Sorts the words behind a command. `--name value` and `--name=value` are the same; `--` ends the options. */
export function readArguments(name: string, { options, operands: takes }: Command, words: readonly string[]): Arguments {
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  const remedy = ` (\`hipaa-lint ${name} --help\` lists what there is)`;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') {
      operands.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [, key = word, value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!option)
      throw new UsageError(
        `\`${word.split('=')[0]}\` is not an option of ${name}; ${didYouMean(key, Object.keys(options)).replace(/`([\w-]+)`/g, '`--$1`')}${remedy}`,
      );
    if (option.value === undefined) {
      if (value !== undefined) throw new UsageError(`--${key} takes no value`);
      given.set(key, ['']);
      continue;
    }
    const taken = value ?? words[++i];
    if (taken === undefined) throw new UsageError(`--${key} needs a value: --${key} ${option.value}`);
    if (option.oneOf && !option.oneOf.includes(taken)) throw new UsageError(`--${key} cannot be \`${taken}\`; ${didYouMean(taken, option.oneOf)}`);
    if (given.has(key) && !option.many) throw new UsageError(`--${key} is given twice; give it once`);
    given.set(key, [...(given.get(key) ?? []), taken]);
  }
  if (operands.length < (takes?.least ?? 0)) throw new UsageError(`${takes!.missing}${remedy}`);
  if (operands.length > (takes?.most ?? 0)) throw new UsageError(`\`${operands[takes?.most ?? 0]}\` is one word too many for ${name}${remedy}`);
  return { operands, flag: (key) => given.has(key), value: (key) => given.get(key)?.at(-1), values: (key) => given.get(key) ?? [] };
}

/** The help of one command. */
export function helpOf(name: string, { summary, operands, options, notes }: Command): string {
  const rows = Object.entries(options).map(([key, { value, meaning }]) => [`--${key}${value === undefined ? '' : ` ${value}`}`, meaning] as const);
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  return [
    `hipaa-lint ${name}${operands ? ` ${operands.usage}` : ''}${rows.length > 0 ? ' [options]' : ''}`,
    '',
    summary,
    ...(rows.length > 0 ? ['', ...rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`)] : []),
    ...(notes ? ['', ...notes] : []),
    '',
  ].join('\n');
}
