import type { Analysis } from './analysis.js';

/** What a rule looks at: a concept any format may state, or something only one format has. */
export interface Query<T> {
  readonly name: string;
  /** The one format whose files can answer; a query without it is a concept. */
  readonly format?: string;
  select(analysis: Analysis): readonly T[];
}

/**
 * A query only one format can answer. `select` runs once for a file, however many rules ask: declare it once, in the
 * format's folder.
 */
export function query<Tree, T>(format: string, name: string, select: (analysis: Analysis<Tree>) => readonly T[]): Query<T> {
  const self: Query<T> = { name, format, select: (analysis) => analysis.once(self, () => select(analysis as Analysis<Tree>)) };
  return self;
}
