/** Inputs made of the examples on the pages, so that every format there is is covered without being listed. */
import { registry } from '#registry/registry.generated.js';
import { pages } from './pages.js';

let texts: Map<string, readonly string[]> | undefined;

/** The text of every example of a format, longest first. */
export function exampleTexts(format: string): readonly string[] {
  if (!texts) {
    texts = new Map([...registry.formats.keys()].map((name) => [name, [] as string[]]));
    for (const page of pages()) for (const { files } of page.examples) for (const { text } of files) (texts.get(page.format) as string[]).push(text);
    for (const [name, all] of texts) texts.set(name, [...new Set(all)].sort((a, b) => b.length - a.length));
  }
  return texts.get(format) ?? [];
}
