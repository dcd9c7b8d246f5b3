import { oncePer } from '#engine/attached.js';
import type { Slot } from '#engine/setting.js';
import { registryOf } from '#notations/windows-command-registry.js';
import { parseCommands } from '#notations/windows-commands.js';
import { foldedKey, type Registry } from '#notations/windows-registry.js';
import { attributeOf, childrenOf, descend, everyElement, localName, textOf, type Element, type Xml } from '#notations/xml.js';

/**
 * What the commands and scripts of an answer file leave in the registry of the computer it sets up; the last one on a value counts. They stand
 * quoted for the shell inside text quoted for XML, so a finding is shown and changed by hand.
 */
export const registryOfSetup = oncePer(read);

function read(file: Xml): Registry {
  const parts = [...commands(file), ...scripts(file)].map(({ element, text }) => ({ element, text, registry: registryOf(parseCommands(text)) }));
  const shown = (slot: Slot, part: (typeof parts)[number]): Slot => ({ ...slot, span: placeOf(file, part.element, part.text, slot), write: () => [] });
  return {
    value: (key, name, type) => {
      for (let i = parts.length - 1; i >= 0; i--) {
        const slot = parts[i]!.registry.value(key, name, type);
        if (slot.raw !== undefined || slot.obscured !== undefined) return shown(slot, parts[i]!);
      }
      return { span: { start: 0, end: 0 }, write: () => [] };
    },
    under: (key) => parts.flatMap((part) => part.registry.under(foldedKey(key)).map(({ name, slot }) => ({ name, slot: shown(slot, part) }))),
  };
}

/** Where nothing is quoted for XML, the words of a script stand in the file as they were read. */
function placeOf(file: Xml, { content, tag }: Element, text: string, { span }: Slot): Slot['span'] {
  const start = file.text.indexOf(text, content.start);
  return start >= content.start && start + text.length <= content.end ? { start: start + span.start, end: start + span.end } : tag;
}

/** The commands of every pass that runs in the new system; in the first, `windowsPE`, they reach the registry of setup itself. */
function commands(file: Xml): readonly { readonly element: Element; readonly text: string }[] {
  const passes = childrenOf(descend(file.root, 'unattend'), 'settings').filter((pass) => attributeOf(pass, 'pass')?.value.toLowerCase() !== 'windowspe');
  return passes.flatMap((pass) => [...everyElement(pass)])
    .filter((element) => localName(element) === 'CommandLine' || (localName(element) === 'Path' && isCommand(element.parent)))
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
