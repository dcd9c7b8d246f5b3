import { citations, type Citation } from '#safeguards/security-rule.js';
import type { ReportedFinding } from './file-report.js';

/** Findings under the first row they cite, in the order of the Security Rule; rows without findings are left out. */
export function bySafeguard(findings: readonly ReportedFinding[]): readonly (readonly [Citation, readonly ReportedFinding[]])[] {
  const groups = new Map<Citation, ReportedFinding[]>();
  for (const finding of findings) {
    const first = finding.safeguards[0]!;
    const group = groups.get(first);
    if (group) group.push(finding);
    else groups.set(first, [finding]);
  }
  return [...groups].sort(([a], [b]) => citations.indexOf(a) - citations.indexOf(b));
}
