import { table } from '#engine/table.js';
/**
 * How files of an editor's language are usually named. A document that has no name yet is looked at as if it had such a
 * one, so that formats known by name and content recognise it by content.
 */
const endings: Readonly<Record<string, readonly string[]>> = table({
  plaintext: ['.txt', '.conf'],
  properties: ['.properties', '.conf', '.ini'],
  ini: ['.ini', '.conf'],
  conf: ['.conf'],
  yaml: ['.yaml'],
  helm: ['.yaml'],
  json: ['.json'],
  jsonc: ['.json'],
  xml: ['.xml'],
  terraform: ['.tf'],
  hcl: ['.hcl', '.tf'],
  toml: ['.toml'],
  shellscript: ['.sh'],
  javascript: ['.js'],
});

/** The names under which a document without an ending may be recognised, most telling first. */
export function namesOf(path: string, language: string | undefined): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return language === undefined || name.includes('.') ? [] : (endings[language] ?? []).map((ending) => path + ending);
}
