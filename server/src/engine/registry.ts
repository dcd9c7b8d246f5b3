import type { Format } from './format.js';
import { recogniser, type Recogniser } from './recognise.js';
import type { Rule } from './rule.js';

/** All formats and rules by id, and which rules can say anything about a file of a format. */
export interface Registry {
  readonly formats: ReadonlyMap<string, Format>;
  readonly rules: ReadonlyMap<string, Rule>;
  rulesFor(format: string): readonly (readonly [id: string, rule: Rule])[];
  /** Says of which format a document inside a file is, by its name and text. */
  readonly recognise: Recogniser;
}

/** Pairs rules with formats once, so that linting asks a file only what it could answer. */
export function registryOf(formats: Readonly<Record<string, Format>>, rules: Readonly<Record<string, Rule>>): Registry {
  const all = Object.entries(rules);
  const byFormat = new Map(
    Object.entries(formats).map(([name, { facts }]) => {
      const concepts = new Set<unknown>(facts.map((lowering) => lowering.concept));
      return [name, all.filter(([, { on }]) => (on.format === undefined ? concepts.has(on) : on.format === name))] as const;
    }),
  );
  const named = new Map(Object.entries(formats));
  let recognise: Recogniser | undefined;
  return {
    formats: named,
    rules: new Map(all),
    rulesFor: (format) => byFormat.get(format) ?? [],
    recognise: (...asked) => (recognise ??= recogniser(named))(...asked),
  };
}
