import { oncePer } from '#engine/attached.js';
import { groupedBy } from '#engine/grouping.js';
import type { Slot } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { registryOf } from '#notations/windows-command-registry.js';
import { parseCommands, type Command, type Commands, type Word } from '#notations/windows-commands.js';
import { foldedKey, type Registry } from '#notations/windows-registry.js';
import {
  attributeOf, childrenOf, descend, everyElement, localName, textOf, type Element, type Xml,
} from '#notations/xml.js';

interface Part {
  readonly element: Element;
  readonly text: string;
  readonly commands: Commands;
}

/** The commands and scripts of an answer file, in its order. */
const partsOf = oncePer((file: Xml): readonly Part[] =>
  [...commands(file), ...scripts(file)].map(({ element, text }) => ({ element, text, commands: parseCommands(text) })));

/**
 * What the commands and scripts of an answer file do on the computer it sets up, as one script. They stand quoted for
 * the shell inside text
 * quoted for XML, so a finding is shown and changed by hand.
 */
export const commandsOfSetup = oncePer((file: Xml): Commands => {
  const run = partsOf(file).flatMap((part) => {
    const start = placeOf(file, part);
    const moved = (span: Span): Span => (start === undefined ? part.element.tag : { start: span.start + start,
      end: span.end + start });
    return part.commands.commands.map((command): Command => ({
      ...command, span: moved(command.span), words: command.words.map((word): Word => ({ ...word,
        span: moved(word.span), shared: true })),
    }));
  });
  return { text: file.text, commands: run, byName: groupedBy(run, ({ name }) => name), comments: [] };
});

/** What they leave in its registry; the last one on a value counts. */
export const registryOfSetup = oncePer((file: Xml): Registry => {
  const parts = partsOf(file).map((part) => ({ start: placeOf(file, part), tag: part.element.tag,
    registry: registryOf(part.commands) }));
  const shown = (slot: Slot, { start, tag }: (typeof parts)[number]): Slot =>
    ({ ...slot, span: start === undefined ? tag : { start: slot.span.start + start, end: slot.span.end + start },
      write: () => [] });
  return {
    value: (key, name, type) => {
      for (let i = parts.length - 1; i >= 0; i--) {
        const slot = parts[i]!.registry.value(key, name, type);
        if (slot.raw !== undefined || slot.obscured !== undefined) return shown(slot, parts[i]!);
      }
      return { span: { start: 0, end: 0 }, write: () => [] };
    },
    under: (key) => parts.flatMap((part) => part.registry.under(foldedKey(key)).map(({ name, slot }) => ({ name,
      slot: shown(slot, part) }))),
  };
});

/** Where the words of a script begin in the file; nowhere in it where something is quoted for XML. */
function placeOf(file: Xml, { element: { content }, text }: Part): number | undefined {
  const start = file.text.slice(content.start, content.end).indexOf(text);
  return start < 0 ? undefined : content.start + start;
}

/**
 * The commands of every pass that runs in the new system; in the first, `windowsPE`, they reach the registry of setup
 * itself.
 */
function commands(file: Xml): readonly { readonly element: Element; readonly text: string }[] {
  const passes = childrenOf(descend(file.root, 'unattend'), 'settings').filter((pass) => attributeOf(pass,
    'pass')?.value.toLowerCase() !== 'windowspe');
  return passes.flatMap((pass) => [...everyElement(pass)])
    .filter((element) => localName(element) === 'CommandLine' || (localName(element) === 'Path'
      && isCommand(element.parent)))
    .map((element) => ({ element, text: bare(textOf(file, element)) }));
}

const isCommand = (element: Element | undefined) => element !== undefined && localName(element).endsWith('Command');

/** The call of a shell with its switches, up to the command it is handed. */
const shell = new RegExp(
  [
    String.raw`^"?(?:[\w%:.\\/-]{0,200}\\)?(?:cmd|powershell|pwsh)(?:\.exe)?"?`,
    String.raw`(?:[ \t]+[-/](?!c(?:ommand)?\b)\w{1,30}(?:[ \t]+(?![-/])\w{1,30})?){0,10}`,
    String.raw`[ \t]+[-/]c(?:ommand)?[ \t]+`,
  ].join(''),
  'i',
);

const bare = (text: string) => text.replace(shell, '').replace(/^"(.*)"$/s, '$1');

/** Scripts that generators of answer files keep in `Extensions`, each with the path it is written to. */
function scripts(file: Xml): readonly { readonly element: Element; readonly text: string }[] {
  return childrenOf(descend(file.root, 'unattend', 'Extensions'), 'File')
    .filter((element) => /\.(?:cmd|bat|ps1)$/i.test(attributeOf(element, 'path')?.value ?? ''))
    .map((element) => ({ element, text: textOf(file, element) }));
}
