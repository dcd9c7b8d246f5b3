import type { Codec } from '#engine/setting.js';
import { all, has, last, type IosConfig, type Statement } from '#notations/ios.js';
import { once, usesLists, whole } from './device.js';

/** A way to the command prompt: the console, the auxiliary port, or the virtual lines that Telnet and SSH use. */
export interface Line {
  readonly statement: Statement;
  readonly kind: 'con' | 'aux' | 'vty';
  /** As the file names it: `vty 0 4`. */
  readonly name: string;
}

/** The lines of a file. A heading with nothing below it leaves all to the defaults, or is a script without indentation, which is no whole configuration. */
export function lines(file: IosConfig): readonly Line[] {
  return all(file, 'line').flatMap((statement) => {
    const word = statement.words[1]?.toLowerCase();
    const kind = word === 'console' || word === 'con' ? 'con' : word === 'vty' || word === 'aux' ? word : undefined;
    return kind && (statement.children.length > 0 || whole(file)) ? [{ statement, kind, name: statement.words.slice(1).join(' ') }] : [];
  });
}

/** The virtual lines that let someone in from the network. Where they ask for the password of the line and there is none, they refuse everyone. */
export function openLines(file: IosConfig): readonly Line[] {
  const asksForNone = (login: Statement | undefined) => login === undefined || (!login.negated && login.words.length === 1);
  const refuses = (line: Statement) => whole(file) && !usesLists(file) && asksForNone(last(line, 'login')) && !has(line, 'password');
  return lines(file).filter(
    ({ statement, kind }) => kind === 'vty' && !says(statement, 'transport input', ['none']) && !isShut(statement) && !refuses(statement),
  );
}

/** Whether no prompt is given on a line. */
export function isShut(line: Statement): boolean {
  return last(line, 'exec')?.negated === true;
}

/** The protocols a line lets in; nothing where the line does not say. */
export function transports(line: Statement): readonly string[] | undefined {
  const input = last(line, 'transport input');
  return input && (input.negated ? ['none'] : input.words.slice(2).map((word) => word.toLowerCase()));
}

function says(line: Statement, phrase: string, words: readonly string[]): boolean {
  const rest = last(line, phrase)?.words.slice(phrase.split(' ').length);
  return rest !== undefined && rest.length === words.length && words.every((word, i) => rest[i]?.toLowerCase() === word);
}

/** Whether the prompt of a line is given to whoever is there. `unsaid` where the line leaves it to its default. */
export function asks(file: IosConfig, { statement }: Line): 'yes' | 'no' | 'unsaid' {
  if (usesLists(file)) {
    const named = last(statement, 'login authentication');
    const list = named && !named.negated ? named.words[2]! : 'default';
    const lists = once(file, 'log-in lists', () => new Map(all(file, 'aaa authentication login').map(({ words }) => [words[3], words.slice(4)])));
    const methods = lists.get(list);
    return methods === undefined ? 'unsaid' : methods[0] === 'none' ? 'no' : 'yes';
  }
  const login = last(statement, 'login');
  return login === undefined ? 'unsaid' : login.negated ? 'no' : 'yes';
}

/** Whether the device has accounts of its own that `login local` can ask for. */
export function hasAccounts(file: IosConfig): boolean {
  return once(file, 'has accounts', () => has(file, 'username'));
}

/** `exec-timeout` in seconds: minutes, then seconds; both zero, or a `no`, for never. */
export const timeout: Codec<number> = {
  read: (raw) => {
    if (raw === 'no') return Infinity;
    const match = /^(\d{1,6})(?:\s+(\d{1,7}))?$/.exec(raw);
    return match ? Number(match[1]) * 60 + Number(match[2] ?? 0) || Infinity : undefined;
  },
  print: (seconds) => (seconds === Infinity ? '0 0' : `${Math.floor(seconds / 60)} ${seconds % 60}`),
};
