import { ready, type Analysis, type Surroundings } from './analysis.js';
import { credentialsOf, gateFor, type Confidential } from './confidential.js';
import type { Fact, Whole } from './concept.js';
import type { Format, Part, Parts } from './format.js';
import { hasHoles, isHole } from './holes.js';
import { ofEmbedded } from './judge-embedded.js';
import type { Decisions, Finding, Unresolved } from './lint.js';
import type { Registry } from './registry.js';
import type { CannotTell, Fix, Rule, Severity, Verdict, Violates } from './rule.js';
import type { Span } from './text.js';

/** What the rules say of a file or a part of it, before anybody asks for exceptions. In no particular order. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly unresolved: readonly Unresolved[];
  readonly complied: ReadonlyMap<string, number>;
  readonly failures: readonly { readonly rule: string; readonly message: string }[];
  /** The credentials that were met; nothing said above holds them. */
  readonly credentials: readonly string[];
}

/** Asks every rule that applies, of the whole file or of those of its parts that were not judged before. */
export function judge(analysis: Analysis, registry: Registry, decisions: Decisions, only?: (rule: string) => boolean, depth = 0): Judgement {
  const own = ofItself(analysis, registry, decisions, only);
  const inside = ofEmbedded(analysis, registry, decisions, only, depth);
  if (inside.length === 0) return own;
  const sum = new Sum();
  for (const judgement of [own, ...inside]) sum.add(judgement, 0);
  return sum;
}

function ofItself(analysis: Analysis, registry: Registry, decisions: Decisions, only?: (rule: string) => boolean): Judgement {
  const format = registry.formats.get(analysis.format);
  try {
    const divided = only ? undefined : format?.parts?.(analysis.tree);
    if (format && divided) return inParts(divided, format, analysis, registry, decisions);
  } catch {
    // A file that cannot be divided, or a part that cannot be read by itself, is judged whole.
  }
  return whole(analysis, registry, decisions, only);
}

function whole(analysis: Analysis, registry: Registry, decisions: Decisions, only?: (rule: string) => boolean): Judgement {
  const findings: Finding[] = [];
  const unresolved: Unresolved[] = [];
  const complied = new Map<string, number>();
  const failures: { rule: string; message: string }[] = [];
  const credentials = credentialsOf(analysis, registry.formats.get(analysis.format));
  const { mask } = gateFor(credentials);
  const { elsewhere } = analysis;
  const holes = hasHoles(analysis.text);
  for (const [id, rule] of registry.rulesFor(analysis.format)) {
    const severity = decisions.severity(id, rule.severity);
    if (severity === 'off' || (only && !only(id))) continue;
    const first = onlyFirst();
    let held = 0;
    try {
      for (const subject of rule.on.select(analysis)) {
        const said = doubted(rule.check(subject, decisions.policy), subject, elsewhere);
        if (!said) continue;
        const verdict = holes ? filledIn(said, rule, analysis.text) : said;
        if (verdict.verdict === 'complies') held++;
        else if (!first(verdict)) continue;
        else if (verdict.verdict === 'cannot tell') unresolved.push({ rule: id, span: verdict.span, because: mask(verdict.because), whole: subject.whole });
        else findings.push(findingOf(verdict, id, rule, decisions, subject, mask));
      }
    } catch (error) {
      failures.push({ rule: id, message: mask(error instanceof Error ? error.message : 'unknown failure') });
    }
    if (held > 0) complied.set(id, held);
  }
  return { findings, unresolved, complied, failures, credentials };
}

/** What a thing that may not be there does wrong cannot be told, nor what rests on a default where something else may have been stated. */
function doubted(verdict: Verdict | undefined, { doubt }: Partial<Fact>, elsewhere: string | undefined): Verdict | undefined {
  if (doubt === undefined && elsewhere === undefined) return verdict;
  if (elsewhere !== undefined && verdict?.verdict === 'complies' && !verdict.stated) return undefined;
  if (elsewhere !== undefined && verdict?.verdict === 'violates' && verdict.unstated) return { verdict: 'cannot tell', span: verdict.span, because: elsewhere };
  return doubt === undefined || verdict?.verdict !== 'violates' ? verdict : { verdict: 'cannot tell', span: verdict.span, because: doubt };
}

/**
 * What a template fills in is not known to be as it should be, however a format reads the template itself. Where a rule asks for
 * a reference, that is one.
 */
function filledIn(verdict: Verdict, { byReference }: Rule, text: string): Verdict {
  const open = verdict.verdict === 'complies' && verdict.stated && !byReference && isHole(text, verdict.span);
  return open ? { verdict: 'cannot tell', span: verdict.span, because: 'what it is filled in with decides' } : verdict;
}

/** All findings have the same fields in the same order: a file may have thousands, and objects of one shape are small. */
function findingOf(
  { verdict, span, message, found, wanted, policy, unstated, fix }: Violates, rule: string, { family, safeguards, severity: declared, precaution }: Rule,
  decisions: Decisions, { whole }: Partial<Fact>, mask: Confidential['mask'],
): Finding {
  const value = found === undefined ? undefined : mask(found);
  const lacks = precaution && unstated ? whole : undefined;
  const severity = decisions.severity(rule, lacks && lacks.stake === undefined ? 'info' : declared) as Severity;
  const said = lacks?.stake === undefined || severity === 'info' ? message : `${message}; ${lacks.stake}`;
  return { verdict, span, message: mask(said), found: value, wanted, policy, unstated, fix: fix && maskedFix(fix, mask), rule, severity, family, safeguards, whole };
}

/** A fix whose words let nothing out; what it writes is the business of the file. */
function maskedFix(fix: Fix, mask: (text: string) => string): Fix {
  const title = mask(fix.title);
  const risk = fix.risk === undefined ? undefined : mask(fix.risk);
  return title === fix.title && risk === fix.risk ? fix : { ...fix, title, ...(risk !== undefined && { risk }) };
}

/** Says whether something was not said before of the same span. Most starts have one saying, which needs no hashing. */
function onlyFirst(): (verdict: Violates | CannotTell) => boolean {
  const said = new Map<number, Violates | CannotTell>();
  let others: Set<string> | undefined;
  let furthest = -1;
  return (verdict) => {
    const { start, end } = verdict.span;
    // Subjects mostly come in the order of the text: what stands behind all others is new.
    const one = start > furthest ? undefined : said.get(start);
    if (start > furthest) furthest = start;
    if (!one) return said.set(start, verdict), true;
    if (one.span.end === end && saying(one) === saying(verdict)) return false;
    others ??= new Set();
    return others.size < others.add(`${start} ${end} ${saying(verdict)}`).size;
  };
}

const saying = (verdict: Violates | CannotTell) => (verdict.verdict === 'violates' ? verdict.message : verdict.because);

/** What parts were found to say, under the decisions they were judged with. Holds the parts of one state of the file. */
interface Judged {
  readonly registry: Registry;
  readonly decisions: Decisions;
  readonly parts: ReadonlyMap<string, JudgedPart>;
}

interface JudgedPart {
  readonly judgement: Judgement;
  /** Where the part began when it was judged, in what its offsets count from. */
  readonly from: number;
  /** The tree of the file it is a view of; its fixes keep it. */
  readonly view?: unknown;
}

/** Of how many states of a file views are remembered: each keeps the tree of its own. */
const mostStates = 8;

function inParts({ rest, parts }: Parts, format: Format, analysis: Analysis, registry: Registry, decisions: Decisions): Judgement {
  const memory = analysis.memory as { parts?: Judged | undefined };
  const before = memory.parts?.registry === registry && memory.parts.decisions === decisions ? memory.parts.parts : undefined;
  const judged = new Map<string, JudgedPart>();
  const sum = new Sum();
  const judgeTree = (tree: unknown, text: string, surroundings: Surroundings) =>
    whole(ready(analysis.format, format, analysis.path, text, tree, surroundings, {}, analysis.elsewhere), registry, decisions);
  if (rest !== undefined) sum.add(judgeTree(rest, analysis.text, analysis.surroundings), 0);
  for (const part of parts) {
    const name = nameOf(part);
    let known = judged.get(name) ?? before?.get(name);
    if (known) judged.set(name, known);
    else {
      const { surroundings, asked } = overheard(analysis.surroundings);
      // Its text is taken from its name, so that what is remembered of a part does not hold the text of the whole file.
      const text = name.slice(part.context.length + 1);
      const judgement = judgeTree(part.read(text), part.isView ? analysis.text : text, surroundings);
      known = part.isView ? { judgement, from: part.at, view: analysis.tree } : { judgement, from: 0 };
      // What others say may change while the part stays the same.
      if (!asked()) judged.set(name, known);
    }
    sum.add(known.judgement, part.at - known.from);
  }
  const states = new Set([...judged.values()].map(({ view }) => view));
  memory.parts = states.size > mostStates ? undefined : { registry, decisions, parts: judged };
  return sum;
}

const nameOf = ({ context, text }: Part) => `${context}\0${text}`;

/** The surroundings of a part, and whether it asked them anything. */
export function overheard(surroundings: Surroundings): { readonly surroundings: Surroundings; asked(): boolean } {
  let asked = false;
  return {
    surroundings: {
      open: (path) => ((asked = true), surroundings.open(path)),
      match: (glob) => ((asked = true), surroundings.match(glob)),
      includers: () => ((asked = true), surroundings.includers()),
      marked: () => ((asked = true), surroundings.marked()),
      exported: (kind, key) => ((asked = true), surroundings.exported(kind, key)),
      shared: (what, key) => ((asked = true), surroundings.shared(what, key)),
    },
    asked: () => asked,
  };
}

/** What several parts of one file say, each at its place in it. */
class Sum implements Judgement {
  readonly findings: Finding[] = [];
  readonly unresolved: Unresolved[] = [];
  readonly complied = new Map<string, number>();
  readonly failures: { readonly rule: string; readonly message: string }[] = [];
  readonly credentials: string[] = [];

  add({ findings, unresolved, complied, failures, credentials }: Judgement, at: number): void {
    for (const one of findings) {
      this.findings.push(at === 0 ? one : { ...one, span: moved(one.span, at), whole: movedWhole(one.whole, at), fix: one.fix && movedFix(one.fix, at) });
    }
    for (const one of unresolved) this.unresolved.push(at === 0 ? one : { ...one, span: moved(one.span, at), whole: movedWhole(one.whole, at) });
    for (const [rule, count] of complied) this.complied.set(rule, (this.complied.get(rule) ?? 0) + count);
    this.failures.push(...failures);
    for (const text of credentials) this.credentials.push(text);
  }
}

const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

function movedWhole(whole: Whole | undefined, by: number): Whole | undefined {
  return whole && { ...whole, span: moved(whole.span, by) };
}

function movedFix(fix: Fix, by: number): Fix {
  return { ...fix, edits: () => fix.edits().map((edit) => ({ ...edit, ...moved(edit, by) })) };
}
