import type { Analysis } from '#engine/analysis.js';
import type { Setting } from '#engine/setting.js';
import { registry } from '#registry/registry.generated.js';
import { analysed, type ExampleFile } from './pages.js';

/** A setting that some rule may judge, by the fact and field it is in: `Login.root`. Derived from the rules and formats, kept nowhere by hand. */
export interface Judged {
  readonly name: string;
  /** What tells settings of one name apart: the label of the fact, and which of several with that label it is. */
  readonly place: string;
  readonly setting: Setting<unknown>;
}

/** A default as a line of a table: its field, its value and the document it is taken from. */
export interface NamedDefault {
  readonly name: string;
  readonly place: string;
  readonly value: string;
  readonly source: string;
}

/** Every setting that a rule is asked about in the first file of an example. */
export function judged(format: string, files: readonly ExampleFile[]): readonly Judged[] {
  const [analysis] = analysed(format, files);
  return analysis === undefined || analysis.format !== format ? [] : settingsOf(analysis);
}

/** The defaults among them. */
export function defaultsIn(format: string, files: readonly ExampleFile[]): readonly NamedDefault[] {
  return judged(format, files).flatMap(({ name, place, setting }) =>
    (setting.kind === 'default' ? [{ name, place, value: inWords(setting.value), source: setting.source }] : []));
}

/** What came of holding our reading of a file against what the program itself says of it. */
export interface Comparison {
  /** Names of the defaults that the program states with the same value. */
  readonly same: readonly NamedDefault[];
  /** One sentence for each setting, default or stated, that the program reads otherwise. */
  readonly other: readonly string[];
}

/**
 * Compares a file with the one in which the program spells out all that holds: every value known of the first must be what
 * the second states. What the program leaves out is not compared, nor are the `apart`: fields that judge the lines of the file itself.
 */
export function compare(format: string, files: readonly ExampleFile[], printed: string, apart: readonly string[] = []): Comparison {
  const name = files[0]?.name;
  const whole = [{ ...(name !== undefined && { name }), text: printed }, ...files.slice(1)];
  const spelled = new Map(judged(format, whole).map((one) => [`${one.name} ${one.place}`, one.setting]));
  const same: NamedDefault[] = [];
  const other: string[] = [];
  for (const { name: field, place, setting } of judged(format, files)) {
    const theirs = spelled.get(`${field} ${place}`);
    if (setting.kind === 'undetermined' || theirs?.kind !== 'stated' || apart.includes(field)) continue;
    const [ours, their] = [inWords(setting.value), inWords(theirs.value)];
    if (ours !== their) other.push(`${field} of ${place}: ${ours} by ${setting.kind === 'default' ? setting.source : 'the file'}, and ${their} by the program`);
    else if (setting.kind === 'default') same.push({ name: field, place, value: ours, source: setting.source });
  }
  return { same, other };
}

/** A value as a person compares it; `Infinity` stands for never. */
export const inWords = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) => (part === Infinity ? 'never' : part)) ?? 'nothing';

function settingsOf(analysis: Analysis): readonly Judged[] {
  const found: Judged[] = [];
  const queries = new Set([...registry.rulesFor(analysis.format)].map(([, rule]) => rule.on));
  for (const query of queries) {
    const seen = new Map<string, number>();
    for (const subject of query.select(analysis)) {
      const label = typeof subject.label === 'string' ? subject.label : '';
      const nth = seen.get(label) ?? 0;
      seen.set(label, nth + 1);
      collect(subject, query.name, (name, setting) => found.push({ name, place: nth === 0 ? label : `${label} ${nth + 1}`, setting }));
    }
  }
  return found;
}

/** Walks the plain data of a subject. Trees and analyses hang on some of them and hold no settings. */
function collect(part: unknown, name: string, take: (name: string, setting: Setting<unknown>) => void, depth = 0): void {
  if (typeof part !== 'object' || part === null || depth > 4) return;
  if ('kind' in part && 'span' in part && (part.kind === 'default' || part.kind === 'stated' || part.kind === 'undetermined')) {
    take(name, part as Setting<unknown>);
    return;
  }
  for (const [key, value] of Object.entries(part)) {
    if (!['analysis', 'tree', 'scope', 'section'].includes(key)) collect(value, `${name}.${key}`, take, depth + 1);
  }
}
