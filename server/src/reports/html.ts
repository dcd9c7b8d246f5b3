import { alsoOf } from '#engine/said-once.js';
import { reasons } from '#registry/registry.generated.js';
import { securityRule } from '#safeguards/security-rule.js';
import { bySafeguard } from './by-safeguard.js';
import { coverageStates } from './coverage.js';
import type { ReportedFinding } from './file-report.js';
import { style } from './html-style.js';
import { count, plain, unreadInWords, uriOf } from './plain.js';
import type { Shown } from './render.js';
import { limits, statement, tally, toldOf, unsavedText, withMore, type Report, type ReportedException } from './report.js';

/**
 * The report as one page: nothing is loaded, no script runs, and every text is escaped. Places are links to the file,
 * which an editor may take over by `data-file` and `data-line`.
 */
export function html(report: Report, { listUnread = false }: Shown = {}): string {
  const open = toldOf(report.findings);
  const sections = [
    ['findings', 'Findings by safeguard', findingsOf(open)],
    ...(report.unresolved.length > 0 ? [['undecided', 'Could not be decided', undecidedOf(report)] as const] : []),
    ['coverage', 'Coverage of the Security Rule', coverageTable(report)],
    ['exceptions', 'Exceptions', exceptionsOf(report)],
    ['policy', 'Policy', policyOf(report)],
    ['inputs', 'Files', inputsOf(report)],
    ...(report.unread.files.length > 0 ? [['unread', 'Files not read', unreadOf(report, listUnread)] as const] : []),
    ['limits', 'Limits', `<ul>${limits.map((limit) => `<li>${text(limit)}</li>`).join('')}</ul>`],
  ] as const;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>HIPAA Lint report</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>HIPAA Lint report</h1>
<p class="soft">${[report.edition, `${report.tool.name} ${report.tool.version}`, report.time].map(text).join(' · ')}</p>
<p class="statement">${text(statement)}</p>
${brokenOf(report)}${tiles(report)}
${scopeOf(report)}
<nav>${sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')}</nav>
</header>
${sections.map(([id, title, body]) => `<section>\n<h2 id="${id}">${title}</h2>\n${body}\n</section>`).join('\n')}
<div class="sign"><span>Reviewed by</span><span>Role</span><span>Date</span></div>
</main>
</body>
</html>
`;
}

/** What makes the report not whole, before anything that could be taken for the whole. */
function brokenOf({ failures }: Report): string {
  if (failures.length === 0) return '';
  const lines = failures.map(({ path, line, message }) => `<p>${path ? `${placeLink(path, line)}: ` : ''}${text(message)}</p>`);
  return `<div class="statement broken"><p><b>This report is not whole.</b></p>${lines.join('')}</div>\n`;
}

function scopeOf({ scope: { declared, roots, excluded } }: Report): string {
  const left = excluded.length === 0 ? '' : `; not read: ${excluded.map((glob) => `<code>${text(glob)}</code>`).join(', ')}`;
  return `<p>Scope declared ${declared}; ${count(roots.length, 'workspace')}${left}.</p>`;
}

function tiles(report: Report): string {
  const { error, warning, info, excepted } = tally(report.findings);
  const read = report.inputs.filter(({ status }) => status === 'read').length;
  const cells: readonly (readonly [number, string])[] = [
    [error, error === 1 ? 'error' : 'errors'],
    [warning, warning === 1 ? 'warning' : 'warnings'],
    [info, info === 1 ? 'note' : 'notes'],
    [excepted, 'under exceptions'],
    [report.unresolved.length, 'could not be decided'],
    [read, read === 1 ? 'file read' : 'files read'],
    [report.unread.files.length, 'not read'],
  ];
  return `<ul class="tiles">${cells.map(([number, word]) => `<li><b>${number}</b>${word}</li>`).join('')}</ul>`;
}

function findingsOf(findings: readonly ReportedFinding[]): string {
  if (findings.length === 0) return '<p>No finding stands. What was looked at is in the coverage below.</p>';
  return bySafeguard(findings)
    .map(([citation, group]) => {
      const { title, status, plain: meaning } = securityRule[citation];
      const heading = `<h3 id="${anchor(citation)}">${text(citation)} ${text(title)} <small>${status}</small></h3>`;
      return `${heading}\n<p class="soft">${text(meaning)}</p>\n${group.map(article).join('\n')}`;
    })
    .join('\n');
}

function article({ severity, path, place, message, rule, title, safeguards, found, wanted, policy, fix, whole, beside }: ReportedFinding): string {
  const rows: readonly (readonly [string, string])[] = [
    ...(found === undefined ? [] : [['Found', text(found)] as const]),
    ...(wanted === undefined ? [] : [['Wanted', text(wanted) + (policy === undefined ? '' : ` <span class="soft">(policy ${text(policy)})</span>`)] as const]),
    ...(fix
      ? [['Fix', text(fix.title) + (fix.safety === 'safe' ? '' : ` <span class="soft">${text(`to review${fix.risk ? `: ${fix.risk}` : ''}`)}</span>`)] as const]
      : []),
    ...(beside ? [['Also', text(alsoOf(whole, beside))] as const] : []),
    ['Rule', `<code>${text(rule)}</code> ${text(title)}`],
    ['Bears on', safeguards.map((citation) => `<a href="#row-${anchor(citation)}">${text(citation)}</a>`).join(', ')],
  ];
  return `<article class="${severity}">
<p><span class="severity ${severity}">${severity}</span> ${placeLink(path, place.line, place.column)}</p>
<p><b>${text(message)}</b></p>
<p class="soft">${text(reasons[rule] ?? '')}</p>
${list(rows)}
</article>`;
}

function undecidedOf({ unresolved }: Report): string {
  return table(
    ['Where', 'What would resolve it', 'Rule'],
    unresolved.map(({ path, place, because, rule, title, also }) => [
      placeLink(path, place.line, place.column),
      text(withMore(because, also)),
      `<code>${text(rule)}</code> ${text(title)}`,
    ]),
  );
}

function coverageTable({ coverage, findings }: Report): string {
  const detailed = new Set(bySafeguard(toldOf(findings)).map(([citation]) => citation));
  const counts = coverageStates
    .map((state) => `<span class="${anchor(state)}">${state} ${coverage.filter((row) => row.state === state).length}</span>`)
    .join(' · ');
  const body = coverage.map(
    ({ citation, title, status, state, open, excepted, complied, unresolved }) =>
      [
        `<tr id="row-${anchor(citation)}"><td class="cite">${detailed.has(citation) ? `<a href="#${anchor(citation)}">${text(citation)}</a>` : text(citation)}</td>`,
        `<td>${text(title)}</td><td>${status}</td><td class="state ${anchor(state)}">${state}</td>`,
        ...[open, excepted, complied, unresolved].map((number) => `<td class="n">${number === 0 ? '' : number}</td>`),
        '</tr>',
      ].join(''),
  );
  const head =
    ['Row', 'Safeguard', 'Status'].map((word) => `<th>${word}</th>`).join('') +
    '<th>What the files show</th>' +
    ['Open', 'Excepted', 'In order', 'Undecided'].map((word) => `<th class="n">${word}</th>`).join('');
  return `<p>${coverage.length} rows: ${counts}</p>\n<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

function exceptionsOf({ exceptions, findings }: Report): string {
  if (exceptions.length === 0) return '<p>No exception is recorded.</p>';
  const covered = findings.filter(({ exception }) => exception);
  const ledger = table(
    ['Recorded', 'State', 'Rule', 'Decision', 'By', 'Until', 'Covers'],
    exceptions.map((entry) => [
      placeLink(entry.path, entry.line),
      text(entry.state) + (entry.problem ? `<br><span class="soft">${text(entry.problem)}</span>` : ''),
      entry.rule ? `<code>${text(entry.rule)}</code>` : '',
      decision(entry),
      text(entry.by ?? ''),
      text(entry.until ?? ''),
      count(entry.covers, 'finding'),
    ]),
  );
  if (covered.length === 0) return ledger;
  return `${ledger}\n<h3>Findings under exceptions</h3>\n${table(
    ['Where', 'Finding', 'Decision'],
    covered.map(({ path, place, message, rule, exception }) => [
      placeLink(path, place.line, place.column),
      `${text(message)}<br><code>${text(rule)}</code>`,
      `${text(exception!.kind)}: ${text(exception!.because)}`,
    ]),
  )}`;
}

function decision({ kind, because, measure, ticket, files }: ReportedException): string {
  const besides = [measure && `Instead: ${measure}`, ticket && `Filed: ${ticket}`, files && files.length > 0 && `In: ${files.join(', ')}`].filter(
    (part): part is string => typeof part === 'string' && part !== '',
  );
  return [text(kind ?? ''), text(because ?? ''), ...besides.map((part) => `<span class="soft">${text(part)}</span>`)].filter(Boolean).join('<br>');
}

function policyOf({ policy, changedRules }: Report): string {
  const fields = table(
    ['Field', 'Value', 'Decided by', 'Meaning', 'Source of the default'],
    policy.map(({ name, value, origin, meaning, source, roots }) => [
      `<code>${name}</code>`,
      text(value),
      text(origin) + (roots ? ` <span class="soft">in ${count(roots.length, 'workspace')}</span>` : ''),
      text(meaning),
      text(source),
    ]),
  );
  if (changedRules.length === 0) return fields;
  return `${fields}\n<h3>Rules whose severity was changed</h3>\n${table(
    ['Rule', 'Severity', 'Workspace'],
    changedRules.map(({ rule, severity, root }) => [`<code>${text(rule)}</code>`, severity, text(root)]),
  )}`;
}

function inputsOf({ inputs }: Report): string {
  if (inputs.length === 0) return '<p>No file was recognised.</p>';
  return table(
    ['File', 'Format', 'Status', 'Bytes', 'SHA-256'],
    inputs.map(({ path, title, status, because, unsaved, includedBy, size, sha256 }) => [
      placeLink(path),
      text(title ?? ''),
      text(status) + (because ? `<br><span class="soft">${text(because)}</span>` : '') + (unsaved ? `, <strong>${text(unsavedText)}</strong>` : '')
        + (includedBy ? `<br><span class="soft">included by ${text(includedBy.join(', '))}</span>` : ''),
      String(size),
      sha256 ? `<code title="${text(sha256)}">${text(sha256)}</code>` : '',
    ]),
    4,
  );
}

/** How many files that were not read are listed unless all are asked for: a page of tens of thousands opens in no browser. */
const unreadShown = 1000;

function unreadOf({ unread }: Report, all: boolean): string {
  const shown = all ? unread.files : unread.files.slice(0, unreadShown);
  const rows = shown.map(({ path, reason, because }) => [`<code>${text(path)}</code>`, text(reason), text(because)]);
  const left = unread.files.length - shown.length;
  const more = left > 0 ? `<p>And ${left} more; <code>--list-unread</code> lists them all.</p>` : '';
  return [
    `<p>${text(unreadInWords(unread) ?? '')}. Nothing is known of what is in them. A folder counts once for all that is in it.</p>`,
    `<details><summary>${count(shown.length, 'path')}</summary>\n${table(['Path', 'Reason', 'Why'], rows)}</details>${more}`,
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[], hash = -1): string {
  const cells = (row: readonly string[]) => row.map((cell, column) => `<td${column === hash ? ' class="hash"' : ''}>${cell}</td>`).join('');
  const heads = head.map((cell) => `<th>${cell}</th>`).join('');
  return `<div class="wide"><table><thead><tr>${heads}</tr></thead><tbody>\n${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}\n</tbody></table></div>`;
}

function list(rows: readonly (readonly [string, string])[]): string {
  return `<dl>${rows.map(([term, meaning]) => `<dt>${term}</dt><dd>${meaning}</dd>`).join('')}</dl>`;
}

/** `./` before a path, so that no name can be read as a scheme or a host. */
function placeLink(path: string, line?: number, column?: number): string {
  const place = `${path}${line === undefined ? '' : `:${line}`}${column === undefined ? '' : `:${column}`}`;
  const [fragment, data] = line === undefined ? ['', ''] : [`#L${line}`, ` data-line="${line}"`];
  return `<a class="place" href="./${uriOf(path)}${fragment}" data-file="${text(path)}"${data}>${text(place)}</a>`;
}

function anchor(name: string): string {
  return name.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '');
}

function text(value: string): string {
  return plain(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
