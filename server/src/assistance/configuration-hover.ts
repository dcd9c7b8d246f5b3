import { placeAt } from '#configuration/place.js';
import type { Schema } from '#configuration/schema.js';
import { schemasAt } from '#configuration/schema-walk.js';
import { registry } from '#registry/registry.generated.js';
import { limitsOf, wordsOf } from './configuration-completion.js';
import { explainRule, type Hover } from './hover.js';
import { code, escaped } from './markdown.js';

/** Explains the key or the value at an offset of a `.hipaa-lint.yaml`: a policy field, a rule, a format, a field of an exception. */
export function configurationHover(text: string, offset: number): Hover | undefined {
  const place = placeAt(text, offset);
  if (!place || place.word.start === place.word.end) return undefined;
  const name = text.slice(place.word.start, place.word.end);
  const [around] = schemasAt(place.path);
  // A pattern of files is a key of a person's own, with nothing to explain.
  const properties = around?.properties ?? {};
  const schema = !place.isKey ? around : Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (!schema) return undefined;
  const isListed = !place.isKey && wordsOf(schema).includes(name);
  if (place.kind === 'entry' && !place.isKey && !isListed) return undefined;
  if (registry.rules.has(name) && (isListed || place.isKey)) return { span: place.word, ...explainRule(name) };
  const key = place.isKey ? name : (place.path.at(-1) ?? name);
  const meaning = isListed ? schema.enumDescriptions?.[schema.enum!.indexOf(name)] : undefined;
  return { span: place.word, ...(meaning === undefined ? inWords(key, schema) : inWords(name, { description: meaning })) };
}

/** As many words as a person reads; the names of all rules or formats are for completion. */
const mostWords = 8;

function inWords(title: string, schema: Schema): { readonly markdown: string; readonly plain: string } {
  const { description = '' } = schema;
  const limits = limitsOf(schema) ?? '';
  const words = wordsOf(schema);
  const listed = words.length > mostWords ? [] : words;
  return {
    markdown: [`**${escaped(title)}**`, escaped(description), listed.map(code).join(' · '), escaped(limits)].filter(Boolean).join('\n\n'),
    plain: [title, description, listed.join(', '), limits].filter(Boolean).join('\n'),
  };
}
