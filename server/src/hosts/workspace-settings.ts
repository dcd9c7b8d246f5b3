import { undecided, type Decisions } from '#engine/lint.js';

/** What the configuration of a workspace decides. */
export interface Settings {
  readonly decisions: Decisions;
  isExcluded(path: string): boolean;
  /** Globs whose files are of a format whatever their content, in order. */
  readonly overrides: readonly (readonly [glob: string, format: string])[];
}

/** No configuration: the default policy, and every file as it is recognised. */
export const unconfigured: Settings = { decisions: undecided, isExcluded: () => false, overrides: [] };
