import { securityRule, type Citation } from '#safeguards/security-rule.js';
import type { Analysis } from '#engine/analysis.js';
import type { Finding, Outcome, Unresolved } from '#engine/lint.js';
import { inWords } from '#engine/said-once.js';
import { LineIndex, type Span } from '#engine/text.js';
import { reasons, registry } from '#registry/registry.generated.js';
import { devicePolicyAt, devicePolicyOf, type PolicyRow } from './device-policy.js';
import { code, escaped } from './markdown.js';
import { rulePageAddress } from './notes.js';

/** What hovering over a place shows: Markdown, in which nothing from the file has a meaning, and the same without marks. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
  readonly plain: string;
}

/**
 * Explains what was found at an offset: the safeguard, why it matters, what stands there and what is wanted; and, with the
 * analysis of a file that decides how a device behaves, what all its settings come to.
 */
export function hoverAt({ findings, unresolved }: Outcome, text: string, offset: number, analysis?: Analysis): Hover | undefined {
  const here = <T extends Finding | Unresolved>(found: readonly T[]) => found.flatMap((one): readonly T[] => {
    const span = [one.span, ...(one.also ?? []).map((other) => ('span' in other ? other.span : other))].find((place) => covers(place, text, offset));
    return span ? [{ ...one, span }] : [];
  });
  const parts = [...here(findings).map((finding) => explain(finding, finding)), ...here(unresolved).map((entry) => explain(entry))];
  const rows = analysis ? devicePolicyAt(devicePolicyOf(analysis), offset) : [];
  if (rows.length > 0) parts.push(explainPolicy(rows, text));
  if (parts.length === 0) return undefined;
  const spans = [...[...here(findings), ...here(unresolved)].map(({ span }) => span), ...(rows.length > 0 ? [placeOf(rows, offset)] : [])];
  const narrowest = spans.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
  return { span: narrowest, markdown: parts.map(({ markdown }) => markdown).join('\n\n---\n\n'), plain: parts.map(({ plain }) => plain).join('\n\n') };
}

/** An empty span, where something is missing, is met anywhere on its line. */
function covers({ start, end }: Span, text: string, offset: number): boolean {
  if (end > start) return offset >= start && offset <= end;
  const [from, to] = offset < start ? [offset, start] : [start, offset];
  const between = text.indexOf('\n', from);
  return between < 0 || between >= to;
}

function explain({ rule: id, ...entry }: Finding | Unresolved, finding?: Finding): { markdown: string; plain: string } {
  const { title, why, cited, page } = ruleInWords(id);
  const because = 'because' in entry ? entry.because : undefined;
  const says = finding ? inWords(finding) : `Cannot tell: ${because}`;
  const values = [
    ...(finding?.found === undefined ? [] : [['Found', finding.found] as const]),
    ...(finding?.wanted === undefined ? [] : [['Wanted', finding.wanted] as const]),
  ];
  const policy = finding?.policy;
  const exception = finding?.exception;
  const recorded = exception && `Left as it is: ${exception.kind}, ${exception.because} (${exception.by}${exception.until ? `, until ${exception.until}` : ''})`;
  const risk = finding?.fix?.risk;
  return {
    markdown: [
      title.markdown,
      escaped(says),
      values.length === 0 ? '' : values.map(([name, value]) => `- ${name}: ${code(value)}`).join('\n') + (policy ? `\n- Decided by the policy field ${code(policy)}` : ''),
      recorded === undefined ? '' : escaped(recorded),
      why,
      cited.markdown,
      risk === undefined ? '' : `${finding!.fix!.title}, to review: ${escaped(risk)}`,
      page,
    ].filter(Boolean).join('\n\n'),
    plain: [
      title.plain,
      says,
      ...values.map(([name, value]) => `${name}: ${value}`),
      policy ? `Decided by the policy field ${policy}` : '',
      recorded ?? '',
      why,
      cited.plain,
      risk === undefined ? '' : `${finding!.fix!.title}, to review: ${risk}`,
    ].filter(Boolean).join('\n'),
  };
}

/** Explains a rule wherever its name stands. */
export function explainRule(id: string): { readonly markdown: string; readonly plain: string } {
  const { title, why, cited, page } = ruleInWords(id);
  return {
    markdown: [title.markdown, why, cited.markdown, page].filter(Boolean).join('\n\n'),
    plain: [title.plain, why, cited.plain].filter(Boolean).join('\n'),
  };
}

/** What is the same of a rule in every finding. */
function ruleInWords(id: string) {
  const rule = registry.rules.get(id);
  const title = rule?.title ?? id;
  const cited = (rule?.safeguards ?? []).map((citation: Citation) => {
    const { title: named, status, plain } = securityRule[citation];
    return { name: `45 CFR ${citation} ${named}`, status, plain };
  });
  return {
    title: { markdown: `**${title}** · ${code(id)}`, plain: `${title} (${id})` },
    why: reasons[id] ?? '',
    cited: {
      markdown: cited.map(({ name, status, plain }) => `- **${escaped(name)}** (${status}): ${escaped(plain)}`).join('\n'),
      plain: cited.map(({ name, status, plain }) => `${name} (${status}): ${plain}`).join('\n'),
    },
    page: `[What to write instead, and what to check](${rulePageAddress(id)})`,
  };
}

/** The narrowest place of a row or its head that holds an offset. */
function placeOf(rows: readonly PolicyRow[], offset: number): Span {
  const around = rows.flatMap(({ span, head }) => [span, head]).filter(({ start, end }) => offset >= start && offset <= end && end > start);
  return around.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
}

/** What the settings of the file come to, with the line that decides each. */
function explainPolicy(rows: readonly PolicyRow[], text: string): { markdown: string; plain: string } {
  const lines = new LineIndex(text);
  const several = new Set(rows.map(({ of, what }) => `${what} ${of}`)).size > new Set(rows.map(({ what }) => what)).size;
  const told = rows.map(({ what, of, value, origin, span }) => ({
    what: several ? `${what} (${of})` : what,
    value: origin === 'open' ? 'cannot tell' : value,
    decides: origin === 'stated' ? `line ${lines.position(span.start).line + 1}` : origin === 'default' ? 'not stated; default' : value,
  }));
  return {
    markdown: ['**What this file makes of the device**', ['| | | decided by |', '|---|---|---|', ...told.map(({ what, value, decides }) => `| ${escaped(what)} | ${escaped(value)} | ${escaped(decides)} |`)].join('\n')].join('\n\n'),
    plain: ['What this file makes of the device', ...told.map(({ what, value, decides }) => `${what}: ${value} (${decides})`)].join('\n'),
  };
}
