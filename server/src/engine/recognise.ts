import type { Claim, Format } from './format.js';
import { globMatcher, Globs } from './glob.js';
import { madeOf } from './template.js';

/** How much of a text a signature may look at, in UTF-16 units: enough for a licence header and a preamble. */
export const headLength = 65_536;

/**
 * Says of which format a file is; `undefined` for files no format claims. `before` is the format of a document before an edit: it
 * stays that while its own signature holds, so that a keystroke does not try those of all others. `included` gives the format of
 * a file that takes this one in as a part of its own.
 */
export type Recogniser = (
  path: string, head: () => string, language?: string, before?: string, included?: () => string | undefined,
) => string | undefined;

interface Claimant {
  readonly format: string;
  readonly matches: (path: string) => boolean;
  readonly saying?: Exclude<Claim, string>['saying'];
}

/**
 * Makes a recogniser. The order is: what the user decided for a path, a claim by content and name, a claim by name
 * alone, the format of the file that includes it, the language of the editor. The text is asked for only when a name leaves it open, so unknown files cost
 * nothing but their name.
 */
export function recogniser(formats: ReadonlyMap<string, Format>, decided: readonly (readonly [glob: string, format: string])[] = []): Recogniser {
  const overrides = new Globs(decided.map(([glob]) => glob), anyFile);
  const byEnding = new Map<string, Claimant[]>();
  const anywhere: Claimant[] = [];
  const byLanguage = new Map<string, string>();
  for (const [format, { files, languages }] of formats) {
    for (const language of languages ?? []) byLanguage.set(language, format);
    for (const claim of files) {
      const globs = typeof claim === 'string' ? [claim] : claim.named;
      for (const glob of globs) {
        const claimant = { format, matches: globMatcher(glob, anyFile), ...(typeof claim !== 'string' && { saying: claim.saying }) };
        const ending = endingOfGlob(glob);
        if (ending === undefined) anywhere.push(claimant);
        else byEnding.set(ending, [...(byEnding.get(ending) ?? []), claimant]);
      }
    }
  }
  const claimed: Recogniser = (path, head, language, before, included) => {
    const claimants = [...(byEnding.get(endingOf(path)) ?? []), ...anywhere].filter(({ matches }) => matches(path));
    const text = claimants.some(({ saying }) => saying) ? head() : '';
    const speaks = ({ saying }: Claimant) => saying !== undefined && (typeof saying === 'function' ? saying(text) : saying.test(text));
    const speaking = claimants.find((claimant) => claimant.format === before && speaks(claimant)) ?? claimants.find(speaks);
    return (speaking ?? claimants.find(({ saying }) => !saying))?.format ?? included?.() ?? (language === undefined ? undefined : byLanguage.get(language));
  };
  // A template is of the format of what it makes.
  return (path, head, language, before, included) => {
    const override = decided.length === 0 ? undefined : decided[Math.min(...overrides.numbers(path))]?.[1];
    if (override !== undefined) return override === 'none' ? undefined : override;
    const made = madeOf(path);
    if (made === undefined) return claimed(path, head, language, before, included);
    return claimed(path, head, undefined, before) ?? claimed(made, head, language, before, included);
  };
}

const anyFile = { hidden: true, anyCase: true, except: true };

/** Whether a path matches a glob, as the claims of formats do. */
export function matcher(glob: string): (path: string) => boolean {
  return globMatcher(glob, anyFile);
}

/** The last dot-part of a file name, or the whole name where it has none. */
function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : name;
}

function endingOfGlob(glob: string): string | undefined {
  const ending = endingOf(glob);
  return /[*?[\]{}()!+@]/.test(ending) ? undefined : ending;
}
