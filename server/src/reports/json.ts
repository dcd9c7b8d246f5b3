import type { Report } from './report.js';

/** Raised when a field is renamed, removed or means something else; a new field raises nothing. */
export const jsonVersion = 1;

/** The report as data, for programs. `docs/report-json.md` describes it. */
export function json(report: Report): string {
  return `${JSON.stringify({ schema: 'hipaa-lint-report', version: jsonVersion, ...report }, null, 2)}\n`;
}
