import { isCredential, isStandIn, namesCredential } from '#concepts/secret.js';
import { known } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { passwordWords } from '#notations/windows-command-facts.js';
import { descend, everyElement, localName, type Element, type Xml } from '#notations/xml.js';
import { commandsOfSetup } from './commands.js';
import { said } from './components.js';

/** Passwords in clear, and those in Base64, which setup itself writes and anybody can turn back. */
export function secrets(file: Xml) {
  return [...everyElement(file.root)].filter((element) => /Password$/.test(localName(element))).flatMap((element) => {
    const value = descend(element, 'Value');
    const written = said(file, value ?? element);
    if (written === '' || isStandIn(written) || /^\*SENSITIVE/.test(written)) return [];
    const plain = descend(element, 'PlainText');
    const kept: 'clear' | 'reversible' = value && plain && said(file, plain).toLowerCase() === 'false' ? 'reversible'
      : 'clear';
    return [{ label: 'This file', span: element.tag, what: `the ${whose(element)}`,
      kept: known<'clear' | 'reversible'>(kept, element.tag) }];
  });
}

function whose(element: Element): string {
  const parent = element.parent ? localName(element.parent) : '';
  if (localName(element) === 'AdministratorPassword') return 'password of the administrator';
  return table<Readonly<Record<string, string>>>({ AutoLogon: 'password of the automatic log-in', LocalAccount: 'password of a local account',
    Credentials: 'password that joins the domain',
      Identification: 'password that joins the domain' })[parent] ?? 'password of an account';
}

/** Passwords in the commands that setup runs. */
export function secretsOfCommands(file: Xml) {
  return passwordWords(commandsOfSetup(file)).filter(({ word, named }) => (named === undefined ? !isStandIn(word.text)
    : isCredential(named, word.text)))
    .map(({ word, what }) => ({ label: 'This file', span: word.span, what, kept: known<'clear' | 'reversible'>('clear',
      word.span) }));
}

/** `AccountPassword0=…` in the address by which a generator of answer files finds its answers again. */
const parameter = /[?&]([\w.-]{1,60})=([^&\s"'<>]{1,200})/g;

/** Passwords that a comment repeats. */
export function secretsOfComments(file: Xml) {
  return file.comments.flatMap(({ start, end }) => [...file.text.slice(start,
    end).matchAll(parameter)].flatMap((match) => {
    const [whole, name, value] = [match[0], match[1]!, match[2]!];
    if (!namesCredential(name) || !isCredential(name, decoded(value))) return [];
    const stop = start + match.index + whole.length;
    const span = { start: stop - value.length, end: stop };
    return [{ label: 'A comment of this file', span, what: `the value of ${name}`,
      kept: known<'clear' | 'reversible'>('clear', span) }];
  }));
}

/** What an address writes as `%20`; as it stands where that is no writing of an address. */
function decoded(value: string): string {
  return /%(?![0-9a-f]{2})/i.test(value) ? value : value.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)));
}
