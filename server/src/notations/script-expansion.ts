/** Commands as a script runs them: with what its variables, tables, loops and functions put into them. */
import { readExpression, type Expression, type Source } from './powershell-values.js';
import { survey, type Assignment, type Block, type Parameter, type Survey } from './script-values.js';
import type { Command, Word } from './windows-commands.js';
import type { Span } from '#engine/text.js';

/** What an expression comes to. Text knows where it stands, so that it can be changed there. */
type Value =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span | undefined; readonly quoted: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'table'; readonly entries: readonly { readonly key: string; readonly span: Span; readonly value: Value }[] }
  | undefined;

/**
 * Variables of the loops and calls around a place, from the innermost; one that is named and `undefined` is not known.
 */
interface Bindings {
  readonly name: string;
  readonly value: Value;
  readonly above: Bindings | undefined;
}

function bound(bindings: Bindings | undefined, name: string): Bindings | undefined {
  for (let one = bindings; one; one = one.above) if (one.name === name) return one;
  return undefined;
}

/** Commands a file may come to, and steps they may take: loops in loops would come to more than anybody runs. */
const mostCommands = 20_000;
const mostRounds = 2000;
const deepest = 12;
const longest = 2000;

/** The commands with what is spelled out put in. What the script leaves open stays as it is written. */
export function expanded(text: string, commands: readonly Command[]): readonly Command[] {
  if (!/[$%!]/.test(text)) return commands;
  const file = survey(text);
  if (file.assignments.size === 0 && file.blocks.length === 1) return commands;
  const done = new Expansion(text, file);
  return done.all(commands);
}

class Expansion {
  readonly #text: string;
  /** Words that stand elsewhere in the script and were put into a command. */
  readonly #borrowed = new Set<Word>();
  readonly #source: Source;
  readonly #survey: Survey;
  #steps: number;
  /** Commands that loops may still add. */
  #more = mostCommands;
  readonly #values = new Map<Assignment, Value>();
  readonly #rounds = new Map<Block, readonly (Bindings | undefined)[]>();

  constructor(text: string, file: Survey) {
    this.#text = text;
    this.#source = { text, left: text.length / 2 + 1000 };
    this.#survey = file;
    this.#steps = text.length / 4 + 50_000;
  }

  /** Every command; those of a function once for each call, behind the others. */
  all(commands: readonly Command[]): readonly Command[] {
    const found: Command[] = [];
    const within = new Map<Block, Command[]>();
    const routines = new Map<string, Block>();
    for (const block of this.#survey.blocks) if (block.routine) routines.set(block.routine.name, block);
    for (const command of commands) {
      const around = this.#around(command.span.start);
      const routine = around.find((block) => block.routine);
      if (!routine) found.push(...this.#each(command, around));
      else {
        const others = within.get(routine);
        if (others) others.push(command);
        else within.set(routine, [command]);
      }
    }
    const called = new Set<Block>();
    for (let from = 0, round = 0; routines.size > 0 && round < 3; round++) {
      const stop = found.length;
      for (const call of found.slice(from, stop)) {
        const block = routines.get(call.name);
        const { routine } = block ?? {};
        if (!block || !routine || found.length > mostCommands) continue;
        called.add(block);
        const given = argumentsOf(call, routine.parameters.map(({ name }) => name));
        const bindings = routine.parameters.reduce<Bindings | undefined>((above, { name, otherwise }) =>
          ({ name, value: given.has(name) ? given.get(name) : otherwise && this.#value(otherwise, block.start,
            undefined, 0), above }), undefined);
        for (const command of within.get(block) ?? []) {
          const around = this.#around(command.span.start);
          found.push(...this.#each(command, around.slice(around.indexOf(block) + 1), bindings));
        }
      }
      from = stop;
    }
    for (const [block, inside] of within) {
      if (called.has(block)) continue;
      const unknown = (above: Bindings | undefined, { name }: Parameter): Bindings => ({ name, value: undefined, above });
      const open = block.routine!.parameters.reduce<Bindings | undefined>(unknown, undefined);
      for (const command of inside) found.push(...this.#each(command, this.#around(command.span.start), open));
    }
    return once(found, this.#borrowed);
  }

  /** The blocks around a place, from the outermost. */
  #around(at: number): readonly Block[] {
    const { blocks } = this.#survey;
    let [low, high] = [0, blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (blocks[middle]!.start <= at) low = middle;
      else high = middle - 1;
    }
    const found: Block[] = [];
    for (let block: Block | undefined = blocks[low]; block; block = block.above) {
      if (block.start <= at && at <= block.end) found.push(block);
    }
    return found.reverse();
  }

  /** A command once for each round of the loops around it. */
  #each(command: Command, around: readonly Block[], given?: Bindings): readonly Command[] {
    let rounds: readonly (Bindings | undefined)[] = [given];
    const known = given === undefined ? this.#rounds.get(around.at(-1)!) : undefined;
    if (known) rounds = known;
    else {
      for (const block of around) rounds = this.#inside(block, rounds, given === undefined);
    }
    if (rounds.length > 1 && (this.#more -= rounds.length - 1) < 0) rounds = [this.#unknown(around, given)];
    const again = () => ({ ...command, words: command.words.map((word) => ({ ...word, shared: true as const })) });
    return rounds.map((bindings, i) => this.#filled(i === 0 ? command : again(), bindings));
  }

  /** The rounds of a block: those around it, once for each value its loop goes through. */
  #inside(block: Block, outer: readonly (Bindings | undefined)[], kept: boolean): readonly (Bindings | undefined)[] {
    const before = kept ? this.#rounds.get(block) : undefined;
    if (before) return before;
    const { loop, start } = block;
    let rounds = outer;
    if (loop) {
      const found: Bindings[] = [];
      for (const above of outer) {
        const over = loop.over && this.#value(loop.over, start, above, 0);
        const items = over === undefined ? [undefined] : over.kind === 'list' ? over.items : [over];
        for (const value of items.length + found.length > mostRounds ? [undefined]
          : items) found.push({ name: loop.name, value, above });
      }
      rounds = found;
    }
    if (kept) this.#rounds.set(block, rounds);
    return rounds;
  }

  #unknown(around: readonly Block[], given: Bindings | undefined): Bindings | undefined {
    return around.reduce((above, { loop }) => (loop ? { name: loop.name, value: undefined, above } : above), given);
  }

  #filled(command: Command, bindings: Bindings | undefined): Command {
    // The head of a list of parameters is no command.
    if (/^[[\]]|^param$/.test(command.name) || !command.words.some(({ text }) =>
      /[$%!]|^@\w/.test(text))) return command;
    const words = command.words.flatMap((word, i) => {
      const made = i === 0 && word.text.startsWith('$') ? [word] : this.#word(word, command.span.start, bindings);
      for (const one of made) if (one !== word && !one.shared) this.#borrowed.add(one);
      return made;
    });
    return { ...command, name: nameOf(words[0]!.text), words };
  }

  /** One word as the words it comes to. */
  #word(word: Word, at: number, bindings: Bindings | undefined): readonly Word[] {
    if (word.expression) return asWords(this.#value(word.expression, at, bindings, 0)) ?? [word];
    if (this.#text[word.span.start - 1] === "'" && word.quoted) return [word];
    const splat = word.quoted ? undefined : /^@(\w{1,80})$/.exec(word.text)?.[1];
    if (splat !== undefined) return asWords(this.#lookup(splat.toLowerCase(), at, bindings, 0)) ?? [word];
    if (!word.quoted && word.text.startsWith('$')) {
      const read = readExpression(this.#source, word.span.start);
      if (read?.end === word.span.end) return asWords(this.#value(read.value, at, bindings, 0), word.span) ?? [word];
    }
    const whole = /^(?:%(\w{1,80})%|!(\w{1,80})!|(%%?\w))$/i.exec(word.text);
    if (whole) {
      const name = whole[3] === undefined ? `%${(whole[1] ?? whole[2]!).toLowerCase()}%`
        : `%%${whole[3].at(-1)!.toLowerCase()}`;
      const held = this.#lookup(name, at, bindings, 0);
      return held?.kind === 'text' ? [{ ...asWord(held, word.span), quoted: word.quoted }] : [word];
    }
    const said = this.#template(word.text, at, bindings, 0, false);
    return said === undefined || said === word.text ? [word] : [{ ...word, text: said, shared: true }];
  }

  #value(expression: Expression, at: number, bindings: Bindings | undefined, depth: number): Value {
    if (depth > deepest || --this.#steps < 0) return undefined;
    const value = (one: Expression) => this.#value(one, at, bindings, depth + 1);
    switch (expression.kind) {
      case 'literal':
        return { kind: 'text', text: expression.text, span: expression.span, quoted: expression.quoted };
      case 'template': {
        const text = this.#template(expression.text, at, bindings, depth + 1, true);
        return text === undefined ? undefined : { kind: 'text', text, span: undefined, quoted: true };
      }
      case 'list': {
        const items = expression.items.map(value);
        return { kind: 'list', items: items.flatMap((item) => (item?.kind === 'list' ? item.items : [item])) };
      }
      case 'table':
        return { kind: 'table', entries: expression.entries.map(({ key, span, value: held }) => ({ key, span,
          value: value(held) })) };
      case 'variable':
        return this.#member(this.#lookup(expression.name, at, bindings, depth + 1), expression.path, (name) =>
          this.#lookup(name, at, bindings, depth + 1));
      case 'joined': {
        const parts = expression.parts.map(value);
        if (expression.by === '' && parts.some((part) => part?.kind === 'list')) return { kind: 'list',
          items: parts.flatMap((part) => (part?.kind === 'list' ? part.items : [part])) };
        const texts = parts.map((part) => (part?.kind === 'text' ? part.text : undefined));
        if (texts.some((text) => text === undefined)) return undefined;
        const joined = expression.by === '' ? texts.join('') : texts.map((text) => text!.replace(/^\\(?!\\)|\\$/g,
          '')).join('\\');
        return joined.length > longest ? undefined : { kind: 'text', text: joined, span: undefined, quoted: true };
      }
    }
  }

  /** What a table, or each of a list, holds under names. */
  #member(value: Value, path: readonly string[], named: (variable: string) => Value = () => undefined): Value {
    let held = value;
    for (const said of path) {
      const key = said.startsWith('$') ? named(said.slice(1)) : undefined;
      const name = key?.kind === 'text' ? key.text.toLowerCase() : said;
      if (held?.kind !== 'table') return undefined;
      const { entries }: Extract<Value, { kind: 'table' }> = held;
      if (name === 'getenumerator()') {
        held = { kind: 'list', items: entries.map(({ key, span, value: one }): Value => ({ kind: 'table', entries: [
          ...['key', 'name'].map((each) => ({ key: each, span, value: { kind: 'text' as const, text: key,
            span: undefined, quoted: true } })), { key: 'value', span, value: one },
        ] })) };
      } else if (name === 'keys' || name === 'values') {
        held = { kind: 'list', items: entries.map(({ key, value: one }): Value => (name === 'values' ? one
          : { kind: 'text', text: key, span: undefined, quoted: true })) };
      } else held = entries.find(({ key }) => key.toLowerCase() === name)?.value;
    }
    return held;
  }

  /**
   * What a variable holds at a place: what the last assignment in front of it says, where nothing decides whether that
   * one runs.
   */
  #lookup(name: string, at: number, bindings: Bindings | undefined, depth: number): Value {
    const given = bound(bindings, name);
    if (given) return given.value;
    const all = this.#survey.assignments.get(name);
    if (!all || depth > deepest) return undefined;
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle]!.at <= at) low = middle + 1;
      else high = middle;
    }
    const later: Value[] = [];
    const changed = new Map<string, Value>();
    for (let i = low - 1; i >= 0 && later.length < mostRounds && --this.#steps > 0; i--) {
      const { block, value, member, appends, at: then } = all[i]!;
      if (at < block.start || at > block.end) return undefined;
      const held = value && this.#held(all[i]!, value, then - 1, bindings, depth + 1);
      if (member !== undefined) {
        if (!changed.has(member)) changed.set(member, held);
      } else if (appends) later.push(held);
      else return completed(held, changed, later.reverse());
    }
    return undefined;
  }

  /** What an assignment gives, worked out once where no loop or call has a say. */
  #held(assignment: Assignment, value: Expression, at: number, bindings: Bindings | undefined, depth: number): Value {
    if (bindings) return this.#value(value, at, bindings, depth);
    if (!this.#values.has(assignment)) this.#values.set(assignment, this.#value(value, at, undefined, depth));
    return this.#values.get(assignment);
  }

  /** Text with its variables put in; `undefined` where one is not known, and the text is wanted whole. */
  #template(text: string, at: number, bindings: Bindings | undefined, depth: number,
    whole: boolean): string | undefined {
    let open = false;
    const filled = text.replace(/\$\((?:\$(\w{1,80})((?:\.\w{1,80}){0,5}))\)|\$\{(\w{1,80})\}|\$(?:script:|global:|local:)?(\w{1,80})|%(\w{1,80})%|!(\w{1,80})!|(%%\w)/gi,
      (all: string, inner?: string, members?: string, braced?: string, plain?: string, batch?: string, late?: string,
        loop?: string) => {
        const set = batch ?? late;
        const name = set !== undefined ? `%${set.toLowerCase()}%` : loop !== undefined
          ? `%%${loop.at(-1)!.toLowerCase()}` : (inner ?? braced ?? plain!).toLowerCase();
        if (/^(?:true|false|null)$/.test(name)) return all;
        const held = this.#member(this.#lookup(name, at, bindings, depth + 1), members
          ? members.slice(1).toLowerCase().split('.') : []);
        if (held?.kind === 'text') return held.text;
        open = true;
        return all;
      });
    return whole && (open || /\$\(/.test(filled)) || filled.length > longest ? undefined : filled;
  }
}

/** A value with what was put into its table, and added to its list, afterwards. */
function completed(held: Value, changed: ReadonlyMap<string, Value>, later: readonly Value[]): Value {
  if (changed.size > 0) {
    if (held?.kind !== 'table') return undefined;
    const kept = held.entries.filter(({ key }) => !changed.has(key.toLowerCase()));
    const put = [...changed].map(([key, value]) => ({ key, span: value?.kind === 'text' && value.span ? value.span
      : { start: 0, end: 0 }, value }));
    return { kind: 'table', entries: [...kept, ...put] };
  }
  if (later.length === 0) return held;
  if (held?.kind === 'text' && later.every((one) => one?.kind === 'text')) {
    const text = [held, ...later].map((one) => (one as { readonly text: string }).text).join('');
    return text.length > longest ? undefined : { kind: 'text', text, span: undefined, quoted: true };
  }
  return held?.kind === 'list' ? { kind: 'list', items: [...held.items, ...later.flatMap((one) => (one?.kind === 'list'
    ? one.items : [one]))] } : undefined;
}

const nowhere: Span = { start: 0, end: 0 };

function asWord(value: Extract<Value, { kind: 'text' }>, place: Span): Word {
  return value.span ? { text: value.text, span: value.span, quoted: value.quoted } : { text: value.text, span: place,
    quoted: value.quoted, shared: true };
}

/** A value as words of a command: a list as many, a table as switches with their values. */
function asWords(value: Value, place: Span = nowhere): readonly Word[] | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'text') return [asWord(value, place)];
  if (value.kind === 'list') {
    const words = value.items.map((item) => (item?.kind === 'text' ? asWord(item, place) : undefined));
    return words.some((word) => word === undefined) || words.length === 0 ? undefined : (words as readonly Word[]);
  }
  return value.entries.flatMap(({ key, span, value: held }): readonly Word[] => {
    const switched: Word = { text: `-${key}`, span: { start: span.start, end: span.start + key.length }, quoted: false,
      shared: true };
    return [switched, ...(asWords(held, span) ?? [{ text: '$unknown', span, quoted: false, shared: true }])];
  });
}

const nameOf = (text: string) => text.toLowerCase().replace(/\.exe$/, '');

/** What a call gives the parameters of a function, by name and by position. */
function argumentsOf({ words }: Command, names: readonly string[]): ReadonlyMap<string, Value> {
  const given = new Map<string, Value>();
  const value = (word: Word): Value => (/\$(?!(?:true|false|null)$)\w|%\w+%/i.test(word.text) ? undefined
    : { kind: 'text', text: word.text, span: word.shared ? undefined : word.span, quoted: word.quoted });
  const free: Value[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!;
    const name = word.quoted ? undefined : /^-([a-z]\w*):?$/i.exec(word.text)?.[1]?.toLowerCase();
    if (name === undefined) free.push(value(word));
    else {
      const full = names.includes(name) ? name : names.find((one) => one.startsWith(name)) ?? name;
      const next = words[i + 1];
      if (next && (next.quoted || !/^-[a-z]/i.test(next.text))) given.set(full, value(next)), i++;
      else given.set(full, { kind: 'text', text: '$true', span: undefined, quoted: false });
    }
  }
  for (const name of names.filter((one) => !given.has(one))) {
    if (free.length === 0) break;
    given.set(name, free.shift());
  }
  return given;
}

/**
 * Text that several commands come to stands in one place for all of them, so that one of them alone cannot change it.
 */
function once(commands: readonly Command[], borrowed: ReadonlySet<Word>): readonly Command[] {
  const uses = new Map<number, Word>();
  const several = new Set<number>();
  for (const word of borrowed) {
    const other = uses.get(word.span.start);
    if (other === undefined) uses.set(word.span.start, word);
    else several.add(word.span.start);
  }
  const many = (word: Word) => borrowed.has(word) && several.has(word.span.start);
  return commands.map((command) => (command.words.some(many) ? { ...command, words: command.words.map((word) =>
    (many(word) ? { ...word, shared: true as const } : word)) } : command));
}
