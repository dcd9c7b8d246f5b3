import { html } from './html.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { pretty, type Terminal } from './pretty.js';
import type { Report } from './report.js';
import { sarif } from './sarif.js';

/** The ways a report can be written. */
export const reportFormats = ['pretty', 'json', 'sarif', 'html', 'markdown'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Writes a report. The same report gives the same text. */
export function render(report: Report, format: ReportFormat, terminal: Terminal = { colour: false }): string {
  return format === 'pretty' ? pretty(report, terminal) : writers[format](report);
}

const writers = { json, sarif, html, markdown } as const;
