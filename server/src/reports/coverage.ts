import { registry } from '#registry/registry.generated.js';
import { citations, securityRule, type Citation, type Safeguard } from '#safeguards/security-rule.js';
import type { ReportedFinding, ReportedUnresolved } from './file-report.js';

/** What the files say of one row of the Security Rule. */
export const coverageStates = ['gaps found', 'evidence found', 'could not be decided', 'no check applied', 'not assessable by this tool'] as const;
export type CoverageState = (typeof coverageStates)[number];

export interface Coverage {
  readonly citation: Citation;
  readonly title: string;
  readonly status: Safeguard['status'];
  readonly state: CoverageState;
  /** Where findings stand: places, not lines of the report. */
  readonly open: number;
  /** Findings a recorded decision covers. A false positive is none. */
  readonly excepted: number;
  /** Settings that were as they should be. */
  readonly complied: number;
  readonly unresolved: number;
  /** How many rules of this product bear on the row, whether or not the files gave them anything to judge. */
  readonly rules: number;
}

/** How many places of the files something is said of. */
const places = (said: readonly { readonly also?: readonly unknown[] }[]): number => said.reduce((sum, { also }) => sum + 1 + (also?.length ?? 0), 0);

/**
 * One line for every row, whatever was found. A recorded exception does not turn a gap into evidence; only what a
 * person judged a false positive is no gap.
 */
export function coverageOf(
  findings: readonly ReportedFinding[],
  unresolved: readonly ReportedUnresolved[],
  complied: readonly { readonly rule: string; readonly count: number }[],
): readonly Coverage[] {
  const gaps = findings.filter(({ exception }) => exception?.kind !== 'false-positive');
  return citations.map((citation) => {
    const { title, status, reach } = securityRule[citation] as Safeguard;
    const cites = ({ safeguards }: { readonly safeguards: readonly Citation[] }) => safeguards.includes(citation);
    const rules = new Set([...registry.rules].filter(([, rule]) => cites(rule)).map(([id]) => id));
    const counts = {
      open: places(gaps.filter((finding) => cites(finding) && !finding.exception)),
      excepted: places(gaps.filter((finding) => cites(finding) && finding.exception)),
      complied: complied.filter(({ rule }) => rules.has(rule)).reduce((sum, { count }) => sum + count, 0),
      unresolved: places(unresolved.filter(cites)),
    };
    const state: CoverageState =
      counts.open + counts.excepted > 0
        ? 'gaps found'
        : counts.complied > 0
          ? 'evidence found'
          : counts.unresolved > 0
            ? 'could not be decided'
            : reach === 'none' || reach === 'evidence'
              ? 'not assessable by this tool'
              : 'no check applied';
    return { citation, title, status, state, ...counts, rules: rules.size };
  });
}
