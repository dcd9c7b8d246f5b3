import type { Analysis } from '#engine/analysis.js';
import type { Outcome } from '#engine/lint.js';

/** What one file was found to say. */
export interface Linted {
  readonly path: string;
  readonly format: string;
  readonly text: string;
  readonly analysis: Analysis;
  readonly outcome: Outcome;
  /** The first of the files that take it in, where it is of its format only because of them. */
  readonly includedBy?: readonly string[];
}

/** A document open in an editor: its text counts instead of the file's. */
export interface Document {
  text: string;
  readonly language: string | undefined;
  format: string | undefined;
  /** Whether it is of its format by itself, and not only because others include it. */
  own: boolean;
  analysis: Analysis | undefined;
  /** The last result, while neither text, surroundings nor decisions have changed. */
  linted: Linted | undefined;
}
