/** What must hold of every text, however broken: the promises of the engine and of its fixes, asked of one input. */
import { parse as parseJson, type ParseError } from 'jsonc-parser';
import { parseAllDocuments } from 'yaml';
import { hoverAt } from '#assistance/hover.js';
import { fixAll, fixOne } from '#assistance/fix-all.js';
import { soundEdits, together } from '#assistance/together.js';
import { alone, analyse, type Analysis, type Surroundings } from '#engine/analysis.js';
import { lint, undecided, type Finding, type Outcome } from '#engine/lint.js';
import { apply, joinedAtEnd, type Edit } from '#engine/text.js';
import { madeOf } from '#engine/template.js';
import { registry } from '#registry/registry.generated.js';
import type { Input } from './fuzz-inputs.js';
import { exampleTexts } from './workload.js';

/**
 * - `throws`: something threw, even where hosts would catch it.
 * - `hangs`: reading and judging took more than a second of the processor.
 * - `place`: a finding or an edit stands outside the text, or edits of one fix overlap.
 * - `edited`: a text judged after an edit is found to say something else than the same text opened afresh.
 * - `returns`: a fix, made alone, leaves what it fixes.
 * - `breaks`: a fix makes a text that its language cannot read of one that it could.
 * - `unread`: a fix is offered for a text that its language cannot read.
 * - `combined`: fixes made at once do not do what each does alone, or touch something else.
 * - `endless`: all fixes of a file, made again and again, come to no good end.
 * - `ends`: a fix writes line ends that the text does not have, or cuts a character in two.
 */
export type FaultKind = 'throws' | 'hangs' | 'place' | 'edited' | 'returns' | 'breaks' | 'unread' | 'combined' | 'endless' | 'ends';

export interface Fault {
  readonly kind: FaultKind;
  readonly rule?: string | undefined;
  readonly detail: string;
}

/** How much an input was asked, and what it answered wrongly. */
export interface Checked {
  readonly findings: number;
  readonly fixes: number;
  readonly faults: readonly Fault[];
}

/** The longest that reading and judging one input may take, in milliseconds of the processor. */
const longest = 1000;

/** A workspace that holds nothing but the file itself. */
const empty: Surroundings = {
  open: () => 'absent',
  match: () => [],
  includers: () => [],
  marked: () => false,
  exported: () => ({ items: [], complete: true }),
  shared: (what, key) => what.answer(key, empty),
};

/** Asks an input everything; never throws. */
export function checked(input: Input): Checked {
  const faults: Fault[] = [];
  const fault = (kind: FaultKind, detail: string, rule?: string) => void faults.push({ kind, detail, rule });
  let [findings, fixes] = [0, 0];
  try {
    const since = performance.now();
    const { analysis, outcome } = judged(input);
    // Asking for the processor's time costs more than most inputs.
    if (performance.now() - since > longest) {
      const time = Math.min(timeOf(input), timeOf(input));
      if (time > longest) fault('hangs', `${Math.round(time)} ms`);
    }
    findings = outcome.findings.length;
    for (const { rule, message } of outcome.failures) fault('throws', message, rule);
    askedDirectly(input, analysis);
    inPlace(input, outcome, fault);
    hoverAt(outcome, input.text, outcome.findings[0]?.span.start ?? 0, analysis);
    afterEdit(input, outcome, fault);
    fixes = eachFix(analysis, outcome, fault);
    if (fixes > 0) allFixes(analysis, outcome, fault);
  } catch (error) {
    fault('throws', error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1]?.trim() ?? ''}` : String(error));
  }
  return { findings, fixes, faults };
}

function judged({ format, path, text, complete }: Input) {
  const analysis = analyse(format, registry.formats.get(format)!, path, text, complete ? empty : alone);
  return { analysis, outcome: lint(analysis, registry) };
}

/** What judging an input costs the processor, in milliseconds. */
function timeOf(input: Input): number {
  const before = process.cpuUsage();
  judged(input);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Asks what the engine asks behind a guard, where a failure would mean silence. */
function askedDirectly({ format, path }: Input, analysis: Analysis): void {
  const declared = registry.formats.get(format)!;
  declared.comments(analysis.tree);
  declared.parts?.(analysis.tree)?.parts.forEach((part) => void part.read(part.text));
  declared.embedded?.(analysis.tree, analysis);
  declared.exports?.(analysis.tree, path);
}

function inPlace({ text }: Input, { findings, unresolved }: Outcome, fault: (kind: FaultKind, detail: string, rule?: string) => void): void {
  for (const { span: { start, end }, rule } of [...findings, ...unresolved]) {
    if (!(start >= 0 && start <= end && end <= text.length)) fault('place', `${start}–${end} in ${text.length}`, rule);
  }
}

/** What a host can see of an outcome, in a form that can be compared. */
function seen({ findings, unresolved, complied, exceptions }: Outcome): string {
  const written = findings.map(({ fix, rule, span, message, found, wanted }) =>
    [rule, span, message, found, wanted, fix && [fix.title, fix.safety, fix.risk, fix.edits()]]);
  return JSON.stringify([written, unresolved, [...complied].sort(), exceptions.map(({ span, state }) => [span, state])]);
}

function afterEdit({ format, path, text, before, complete }: Input, fresh: Outcome, fault: (kind: FaultKind, detail: string) => void): void {
  const declared = registry.formats.get(format)!;
  if (declared.parse.length < 2 && !declared.parts && !declared.embedded) return;
  const surroundings = complete ? empty : alone;
  const first = analyse(format, declared, path, before, surroundings);
  if (declared.parts || declared.embedded) lint(first, registry);
  const [edited, opened] = [seen(lint(analyse(format, declared, path, text, surroundings, first), registry)), seen(fresh)];
  if (edited === opened) return;
  let at = 0;
  while (edited[at] === opened[at]) at++;
  fault('edited', `edited …${edited.slice(Math.max(0, at - 60), at + 60)}… fresh …${opened.slice(Math.max(0, at - 60), at + 60)}…`);
}

/** Tries every fix alone. Returns how many there are. */
function eachFix(analysis: Analysis, outcome: Outcome, fault: (kind: FaultKind, detail: string, rule?: string) => void): number {
  const { text, format } = analysis;
  const { couldRead, canRead } = readerOf(analysis);
  let count = 0;
  for (const finding of outcome.findings) {
    const { fix, rule } = finding;
    const edits = fix?.edits() ?? [];
    if (!fix || edits.length === 0) continue;
    count++;
    if (soundEdits(fix, text).length !== joinedAtEnd(text, edits).length) fault('place', `the edits overlap or leave the text: ${JSON.stringify(edits).slice(0, 200)}`, rule);
    if (languageOf(format) === json && !couldRead()) fault('unread', fix.title, rule);
    for (const edit of edits) for (const problem of endsOf(text, edit)) fault('ends', problem, rule);
    const made = fixOne(analysis, undecided, finding, outcome);
    if (typeof made === 'string') fault('returns', finding.message, rule);
    else if (couldRead() && !canRead(apply(text, made))) fault('breaks', `${fix.title}: ${JSON.stringify(made).slice(0, 200)}`, rule);
  }
  return count;
}

function endsOf(text: string, { start, end, text: all }: Edit): readonly string[] {
  const problems: string[] = [];
  const before = text.slice(start, end);
  const written = all.startsWith(before) ? all.slice(before.length) : all;
  if (written.includes('\r\n') && !text.includes('\r\n')) problems.push('it writes carriage returns into a text without');
  if (/(^|[^\r])\n/.test(written) && /\r\n/.test(text) && !/(^|[^\r])\n/.test(text)) problems.push('it writes line feeds into a text with carriage returns');
  for (const at of [start, end]) {
    if (/[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')) problems.push('it cuts a character in two');
  }
  return problems;
}

/** Makes all fixes, at once and again and again. */
function allFixes(analysis: Analysis, outcome: Outcome, fault: (kind: FaultKind, detail: string, rule?: string) => void): void {
  const { text } = analysis;
  const edits = together(outcome.findings, text);
  const again = [...edits].reverse().sort((a, b) => b.start - a.start);
  let spliced = text;
  for (const { start, end, text: written } of again) spliced = spliced.slice(0, start) + written + spliced.slice(end);
  const made = apply(text, edits);
  if (spliced !== made && spliced.length !== made.length) fault('combined', 'something else than the edits of the fixes is changed');
  const declared = registry.formats.get(analysis.format)!;
  const after = lint(analyse(analysis.format, declared, analysis.path, made, analysis.surroundings), registry);
  const names = new Set(edits.map(nameOf));
  const taken = outcome.findings.filter(({ fix }) => fix && fix.edits().length > 0 && soundEdits(fix, text).every((edit) => names.has(nameOf(edit))));
  // One that a fix brings to light stands elsewhere.
  const there = new Set(after.findings.map(({ rule, message, span }) => `${rule} ${message} ${span.start}`));
  for (const [name, count] of counted(taken)) {
    const [before, now] = [counted(outcome.findings).get(name)!, counted(after.findings).get(name) ?? 0];
    const stands = taken.some((one) => titleOf(one) === name && placesOf(one.span.start, edits).some((at) => there.has(`${name} ${at}`)));
    if (now > before - count && stands) fault('combined', `${name}: ${before} before, ${count} fixed, ${now} after`);
  }
  const done = fixAll(analysis, undecided, () => true);
  if (typeof done === 'string') return fault('endless', done);
  const { couldRead, canRead } = readerOf(analysis);
  const fixed = apply(text, done);
  if (couldRead() && !canRead(fixed)) fault('breaks', 'all fixes together');
  const last = analyse(analysis.format, declared, analysis.path, fixed, analysis.surroundings);
  const rest = fixAll(last, undecided, () => true);
  if (typeof rest === 'string' || apply(fixed, rest) !== fixed) fault('endless', 'fixing all a second time changes the text again');
}

const nameOf = ({ start, end, text }: Edit) => `${start} ${end} ${text}`;

const titleOf = ({ rule, message }: Finding) => `${rule} ${message}`;

/** Where an offset is after edits: what is inserted at it stands before or behind it. */
function placesOf(offset: number, edits: readonly Edit[]): readonly number[] {
  const moved = (passes: (edit: Edit) => boolean) =>
    edits.filter(passes).reduce((at, { start, end, text }) => at + text.length - (end - start), offset);
  return [moved(({ end }) => end < offset), moved(({ start, end }) => end <= offset && start < offset), moved(({ end }) => end <= offset)];
}

function counted(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(titleOf(finding), (counts.get(titleOf(finding)) ?? 0) + 1);
  return counts;
}

type CanRead = (text: string) => boolean;

/** Whether the language of a file can read a text; a template is not of it yet. */
function readerOf({ format, path, text }: Analysis): { couldRead(): boolean; readonly canRead: CanRead } {
  const canRead = madeOf(path) === undefined ? (languageOf(format) ?? anything) : anything;
  let could: boolean | undefined;
  return { canRead, couldRead: () => (could ??= canRead(text)) };
}

const anything: CanRead = () => true;

const json: CanRead = (text) => {
  const errors: ParseError[] = [];
  parseJson(text.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
  return errors.length === 0;
};

const yaml: CanRead = (text) => {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
  return 'empty' in documents || documents.every(({ errors }) => errors.length === 0);
};

/** Whether tags and quotes are balanced, and nothing but white space stands around the one root. */
const xml: CanRead = (text) => {
  const open: string[] = [];
  let roots = 0;
  const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>|<(\/?)([^\s/>=<"'&]+)((?:\s+[^\s/>=<"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return false;
    const [all, closing, name, , selfClosing] = found;
    if (name === undefined) {
      if (all[0] !== '<' && open.length === 0 && all.replace('\ufeff', '').trim() !== '') return false;
      continue;
    }
    if (closing) {
      if (open.pop() !== name) return false;
      continue;
    }
    if (open.length === 0 && ++roots > 1) return false;
    if (!selfClosing) open.push(name);
  }
  return open.length === 0 && roots === 1;
};

const languages = new Map<string, CanRead | undefined>();

/** The language that all examples of a format are texts of. */
function languageOf(format: string): CanRead | undefined {
  if (!languages.has(format)) {
    const all = exampleTexts(format).filter((text) => text.trim() !== '');
    const [first] = all;
    const candidates = first === undefined ? [] : /^\s*[{[]/.test(first) ? [json] : /^\s*</.test(first) ? [xml] : [yaml];
    const most = (canRead: CanRead) => all.filter(canRead).length >= all.length * 0.9;
    languages.set(format, candidates.find((canRead) => most(canRead) && (canRead !== yaml || all.every((text) => /^[\w"'./-]+:/m.test(text)))));
  }
  return languages.get(format);
}

/** The place of a fault, so that faults of one cause are listed once. */
export function causeOf(format: string, { kind, rule }: Fault): string {
  return `${kind} ${format}${rule === undefined ? '' : ` ${rule}`}`;
}
