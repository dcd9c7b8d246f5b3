import { alsoOf } from '#engine/said-once.js';
import { securityRule } from '#safeguards/security-rule.js';
import { bySafeguard } from './by-safeguard.js';
import { coverageStates } from './coverage.js';
import { count, plain, unreadInWords, uriOf } from './plain.js';
import type { Shown } from './render.js';
import { limits, statement, tally, toldOf, unsavedText, withMore, type Report } from './report.js';

/** The report for a pull request, a wiki or a document. */
export function markdown(report: Report, { listUnread = false }: Shown = {}): string {
  const unread = unreadInWords(report.unread);
  const { error, warning, info, excepted } = tally(report.findings);
  const link = (path: string, line: number) => `[${text(path)}:${line}](${uriOf(path)}#L${line})`;
  const rows = (head: readonly string[], body: readonly (readonly string[])[]) =>
    body.length === 0 ? [] : [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...body.map((cells) => `| ${cells.join(' | ')} |`), ''];
  const open = toldOf(report.findings);
  return `${[
    '# HIPAA Lint report',
    '',
    `**${statement}**`,
    '',
    `${text(report.edition)} · ${report.tool.name} ${text(report.tool.version)} · ${text(report.time)} · scope declared ${report.scope.declared}`,
    '',
    `${count(error, 'error')}, ${count(warning, 'warning')}, ${count(info, 'note')}; ${count(excepted, 'finding')} under recorded exceptions; ` +
      `${report.unresolved.length} could not be decided; ${count(report.inputs.filter(({ status }) => status === 'read').length, 'file')} read${unread === undefined ? '' : `; ${unread}`}.`,
    '',
    ...report.inputs.filter(({ unsaved }) => unsaved).flatMap(({ path }) => [`${text(path)} was read ${unsavedText}.`, '']),
    ...(report.failures.length > 0
      ? [
          '## This report is not whole',
          '',
          ...report.failures.map(({ path, line, message }) => `- ${path ? `${line === undefined ? text(path) : link(path, line)}: ` : ''}${text(message)}`),
          '',
        ]
      : []),
    '## Findings by safeguard',
    '',
    ...(open.length === 0
      ? ['None.', '']
      : bySafeguard(open).flatMap(([citation, findings]) => [
          `### ${citation} ${securityRule[citation].title} (${securityRule[citation].status})`,
          '',
          ...rows(
            ['where', 'severity', 'finding', 'rule', 'fix'],
            findings.map(({ path, place, severity, message, rule, fix, whole, beside }) => [
              link(path, place.line),
              severity,
              text(beside ? `${message}. ${alsoOf(whole, beside)}` : message),
              `\`${rule}\``,
              fix ? text(fix.safety === 'safe' ? fix.title : `${fix.title} (review)`) : '',
            ]),
          ),
        ])),
    ...(report.unresolved.length > 0
      ? [
          '## Could not be decided',
          '',
          ...rows(
            ['where', 'why', 'rule'],
            report.unresolved.map(({ path, place, because, rule, also }) => [link(path, place.line), text(withMore(because, also)), `\`${rule}\``]),
          ),
        ]
      : []),
    '## Exceptions',
    '',
    ...(report.exceptions.length === 0
      ? ['None recorded.', '']
      : rows(
          ['where', 'state', 'rule', 'kind', 'why', 'measure', 'by', 'until', 'covers'],
          report.exceptions.map((entry) => [
            link(entry.path, entry.line),
            text(entry.problem ? `${entry.state}: ${entry.problem}` : entry.state),
            text(entry.rule ?? ''),
            text(entry.kind ?? ''),
            text(entry.because ?? ''),
            text(entry.measure ?? ''),
            text(entry.by ?? ''),
            text(entry.until ?? ''),
            String(entry.covers),
          ]),
        )),
    '## Coverage of the Security Rule',
    '',
    `${report.coverage.length} rows: ${coverageStates.map((state) => `${state} ${report.coverage.filter((row) => row.state === state).length}`).join(' · ')}`,
    '',
    ...rows(
      ['row', 'safeguard', 'status', 'state', 'open', 'excepted', 'in order', 'undecided'],
      report.coverage.map(({ citation, title, status, state, open: gaps, excepted: covered, complied, unresolved }) => [
        citation,
        text(title),
        status,
        state,
        ...[gaps, covered, complied, unresolved].map(String),
      ]),
    ),
    '## Policy',
    '',
    ...rows(
      ['field', 'value', 'decided by'],
      report.policy.map(({ name, value, origin, roots }) => [name, text(value), text(roots ? `${origin} (${count(roots.length, 'workspace')})` : origin)]),
    ),
    ...(listUnread && report.unread.files.length > 0
      ? [
          '## Files not read',
          '',
          ...rows(
            ['file', 'reason', 'why'],
            report.unread.files.map(({ path, reason, because }) => [text(path), reason, text(because)]),
          ),
        ]
      : []),
    '## Limits',
    '',
    ...limits.map((limit) => `- ${limit}`),
  ].join('\n')}\n`;
}

/** Text that is text: no link, no HTML, no mention and no end of a table's cell comes out of it. */
function text(value: string): string {
  return plain(value)
    .replace(/[\\`*_[\]|~#$]/g, '\\$&')
    .replace(/[&<>@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\b(https?):/gi, '$1&#58;');
}
