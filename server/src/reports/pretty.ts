import { alsoOf } from '#engine/said-once.js';
import { table } from '#engine/table.js';
import { count, plain, unreadInWords } from './plain.js';
import type { Shown } from './render.js';
import { statement, tally, toldOf, withMore, type Report, type ReportedFinding } from './report.js';

/** How many undecided settings are listed; the other ways of writing a report list them all. */
const undecidedShown = 20;

/** The report for a person at a terminal: one place a line, then what to do about it. */
export function pretty(report: Report, { colour = false, prefix = '', listUnread = false }: Shown = {}): string {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [bold, dim] = [(text: string) => paint(1, text), (text: string) => paint(2, text)];
  // A configuration named on the command line may lie elsewhere and is then named in full.
  const from = (path: string) => (/^(\/|[A-Za-z]:[\\/])/.test(path) ? path : prefix + path);
  const at = (path: string, line: number, column?: number) => plain(`${from(path)}:${line}${column === undefined ? '' : `:${column}`}`);
  const lines: string[] = [];
  const includers = new Map(report.inputs.map(({ path, includedBy }) => [path, includedBy]));

  for (const { path, line, message } of report.failures)
    lines.push(`${path ? `${line === undefined ? plain(from(path)) : at(path, line)} ` : ''}${paint(31, 'problem')} ${plain(message)}`);
  for (const finding of toldOf(report.findings)) {
    const { severity, path, place, message, rule } = finding;
    lines.push(
      `${bold(at(path, place.line, place.column))} ${paint(colours[severity], severity)} ${plain(message)} ${dim(rule)}`,
      `  ${dim(besides(finding, includers.get(path)?.map(from)))}`,
    );
  }
  for (const { path, place, because, rule, also } of report.unresolved.slice(0, undecidedShown)) {
    lines.push(dim(`${at(path, place.line, place.column)} cannot tell: ${plain(withMore(because, also))} ${rule}`));
  }
  if (report.unresolved.length > undecidedShown)
    lines.push(dim(`and ${report.unresolved.length - undecidedShown} more that cannot be told; --format json lists them all`));
  for (const { state, problem, path, line } of report.exceptions)
    if (problem) lines.push(`${at(path, line)} ${paint(33, `${state} exception`)} ${plain(problem)}`);
  for (const { path, because, status } of report.inputs)
    if (status !== 'read') lines.push(`${plain(from(path))} ${paint(33, status)} ${plain(because ?? '')}`.trimEnd());
  if (listUnread) {
    for (const { path, reason, because } of report.unread.files) lines.push(`${plain(from(path))} ${paint(33, 'not read')} ${plain(reason)}: ${plain(because)}`);
  }
  if (lines.length > 0) lines.push('');
  return `${[...lines, ...summary(report, bold, dim, listUnread)].join('\n')}\n`;
}

const colours = table({ error: 31, warning: 33, info: 36 } as const);

function besides(
  { safeguards, found, wanted, fix, whole, beside }: ReportedFinding, includers: readonly string[] | undefined,
): string {
  return [
    `45 CFR ${safeguards.join(', ')}`,
    ...(found === undefined ? [] : [`found ${plain(found)}`]),
    ...(wanted === undefined ? [] : [`wanted ${plain(wanted)}`]),
    ...(fix ? [`fix: ${plain(fix.title)}${fix.safety === 'safe' ? '' : ` (to review${fix.risk ? `: ${plain(fix.risk)}` : ''})`}`] : []),
    ...(beside ? [plain(alsoOf(whole, beside))] : []),
    ...(includers ? [`included by ${plain(includers.join(', '))}`] : []),
  ].join(' · ');
}

function summary(
  report: Report,
  bold: (text: string) => string,
  dim: (text: string) => string,
  listed: boolean,
): readonly string[] {
  const unread = unreadInWords(report.unread);
  const { error, warning, info, excepted } = tally(report.findings);
  const read = report.inputs.filter(({ status }) => status === 'read').length;
  const safe = report.findings.filter(({ fix, exception }) => fix?.safety === 'safe' && !exception).length;
  const review = report.findings.filter(({ fix, exception }) => fix?.safety === 'review' && !exception).length;
  return [
    bold(`${count(error, 'error')}, ${count(warning, 'warning')}, ${count(info, 'note')} in ${count(read, 'configuration file')}`) +
      (excepted > 0 ? `; ${count(excepted, 'finding')} under recorded exceptions` : '') +
      (report.unresolved.length > 0 ? `; ${report.unresolved.length} could not be decided` : ''),
    ...(unread === undefined ? [] : [`${unread}${listed ? '' : '; --list-unread lists them'}`]),
    ...(safe > 0 ? [`--fix applies ${count(safe, 'safe fix', 'safe fixes')}`] : []),
    ...(review > 0
      ? [`--fix --review also applies ${count(review, 'fix', 'fixes')} a person should look at; --dry-run shows ${review === 1 ? 'it' : 'them'} first`]
      : []),
    dim(statement),
  ];
}
