import { table } from '#engine/table.js';
import { html } from './html.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { pretty } from './pretty.js';
import type { Report } from './report.js';
import { sarif } from './sarif.js';

/** The ways a report can be written. */
export const reportFormats = ['pretty', 'json', 'sarif', 'html', 'markdown'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** How a report is shown, where the way of writing it leaves that open. */
export interface Shown {
  /** Whether a terminal shows colours. */
  readonly colour?: boolean;
  /** What to put before a path so that the terminal can open it: the way from where the person stands. */
  readonly prefix?: string;
  /** Whether every file that was not read is listed, and not only counted. As JSON they always are. */
  readonly listUnread?: boolean;
}

/** Writes a report. The same report gives the same text. */
export function render(report: Report, format: ReportFormat, shown: Shown = {}): string {
  return writers[format](report, shown);
}

const writers = table({ pretty, json, sarif, html, markdown } as const);
