import { table } from './table.js';
import { oncePer } from './attached.js';
import type { Analysis } from './analysis.js';
import type { Judgement } from './judge.js';
import type { Finding, Unresolved } from './lint.js';
import { undocumented } from './setting.js';
import type { Span } from './text.js';

/** Endings that say a file is filled in before a program reads it: of Jinja, Go, ERB, EPP, Mustache, Handlebars, envsubst and configure. */
const filledIn = /\.(?:j2|jinja2?|tmpl|tpl|gotmpl|template|erb|epp|mustache|hbs|handlebars|in)$/i;
/** Endings of files that are copied and changed before they are used. */
const copied = /\.(?:dist|example|sample|default)$/i;

/** The path of what a template makes: `mosquitto.conf` of `mosquitto.conf.j2`; `undefined` for a file that is none. */
export function madeOf(path: string): string | undefined {
  let made = path;
  for (let times = 0; times < 2; times++) {
    const shorter = made.replace(filledIn, '').replace(copied, '');
    if (shorter === made || /(^|\/)$/.test(shorter)) break;
    made = shorter;
  }
  return made === path ? undefined : made;
}

/** What a template engine writes into a text. */
export interface Template {
  /** The text at the same length, with what is written by the engine made a word, and its statements made white space. */
  readonly text: string;
  /** What the engine fills in, and its statements. */
  readonly holes: readonly Span[];
  /** What stands between a condition or loop and its end. */
  readonly conditional: readonly Span[];
  /** Whether lines may be written that the text does not show. */
  readonly open: boolean;
}

/** What an engine reads: where it stands, and what it is for. */
interface Token extends Span {
  readonly kind: 'output' | 'open' | 'close' | 'other';
  /** Whether it brings in lines from elsewhere. */
  readonly includes: boolean;
}

const closings: Readonly<Record<string, string>> = table({ '{{': '}}', '{%': '%}', '{#': '#}', '<%': '%>' });
/** A template longer than this is one that was never closed. */
const longest = 4000;
/** What is filled in by name alone, by envsubst, configure and scripts. Variables of nginx and of shells inside a file are written small. */
const byName = /\$\{[A-Z][A-Z\d_]{0,80}(?::?[-=?+][^{}\n]{0,200})?\}|@[A-Z][A-Z\d_]{1,80}@|__[A-Z][A-Z\d]{0,80}(?:_[A-Z\d]{1,80}){0,8}__/y;

/** The tokens of a text, in one pass. */
function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  const next = new Map<string, number>();
  const closingAt = (mark: string, from: number) => {
    const known = next.get(mark);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const at = text.indexOf(mark, from);
    next.set(mark, at);
    return at;
  };
  for (let at = 0; at < text.length; at++) {
    const first = text[at];
    if (first !== '{' && first !== '<' && first !== '$' && first !== '@' && first !== '_') continue;
    const closing = closings[text.slice(at, at + 2)];
    if (closing !== undefined) {
      const stop = closingAt(closing, at + 2);
      if (stop < 0 || stop - at > longest) continue;
      found.push({ start: at, end: stop + 2, ...readToken(text.slice(at, at + 2), text.slice(at + 2, stop)) });
      at = stop + 1;
      continue;
    }
    byName.lastIndex = at;
    const said = byName.exec(text)?.[0];
    if (said === undefined) continue;
    found.push({ start: at, end: at + said.length, kind: 'output', includes: false });
    at += said.length - 1;
  }
  return found;
}

function readToken(mark: string, between: string): Pick<Token, 'kind' | 'includes'> {
  const inside = between.replace(/^[-+~=]/, '').trim().replace(/[-+~]$/, '').trim();
  const includes = /^(?:>|(?:include|import|extends|block|template|render|scope\.call_function)\b)/.test(inside);
  const word = /^[#/!]?\s{0,5}\w*/.exec(inside)![0].replace(/\s/g, '');
  if (mark === '{#' || between.startsWith('#') && mark === '<%' || word.startsWith('!') || inside.startsWith('/*')) return { kind: 'other', includes: false };
  if (/^(?:end\w*|\/\w*)$/.test(word) || inside === '}') return { kind: 'close', includes };
  if (/^#?(?:if|unless|range|with|for|each|while|case|block|define|macro|call|filter|raw)$/.test(word)) return { kind: 'open', includes };
  if (mark === '<%' && !between.startsWith('=')) return { kind: /(?:\bdo(?: ?\|[^|]{0,60}\|)?|\{(?: ?\|[^|]{0,60}\|)?)$/.test(inside.slice(-80)) ? 'open' : 'other', includes };
  if (mark === '{%') return { kind: 'other', includes };
  return { kind: /^(?:else|elif|elsif|end)$/.test(word) || /^\$\w{1,80}\s{0,5}:?=/.test(inside) ? 'other' : 'output', includes };
}

/** Reads the template in a text of a path; `undefined` where the path says that it is none, or nothing is filled in. */
export function templateIn(path: string, text: string): Template | undefined {
  const made = madeOf(path);
  if (made === undefined) return undefined;
  // The reader of YAML knows templates of its own, and which lines they fill.
  const isYaml = /\.ya?ml$/i.test(made);
  const holes: Span[] = [];
  const conditional: Span[] = [];
  const waiting: number[] = [];
  const pieces: string[] = [];
  let done = 0;
  let before = 0;
  let leads = true;
  let open = false;
  for (const { start, end, kind, includes } of tokensOf(text)) {
    holes.push({ start, end });
    if (kind === 'open') waiting.push(start);
    const from = kind === 'close' ? waiting.pop() : undefined;
    if (from !== undefined) conditional.push({ start: from, end });
    // Whether nothing but white space and other templates stands before it on its line.
    const gap = text.slice(before, start);
    const line = gap.lastIndexOf('\n');
    leads = (line >= 0 || before === 0 || leads) && gap.slice(line + 1).trim() === '';
    before = end;
    const isAlone = leads && /^[ \t]{0,200}(?:\r?\n|$)/.test(text.slice(end, end + 200));
    open ||= includes || (isAlone && kind === 'output');
    if (isYaml && text[start] === '{') continue;
    pieces.push(text.slice(done, start), kind !== 'output' || isAlone ? text.slice(start, end).replace(/[^\r\n]/g, ' ') : 'x'.repeat(end - start));
    done = end;
  }
  for (const from of waiting) conditional.push({ start: from, end: text.length });
  if (holes.length === 0) return undefined;
  return { text: pieces.join('') + text.slice(done), holes, conditional, open: open || conditional.length > 0 };
}

const templateOf = oncePer(({ path, text }: Analysis) => templateIn(path, text));

const filled = 'a template fills it in';

/**
 * What can be said of a template: what stands in the text itself. A place that is filled in, or stands under a condition, and what would hold if
 * nothing were stated where lines may be filled in, cannot be told; a fix that touches any of them is not offered. A credential of a file that is
 * there to be copied may be an example.
 */
export function saidOfTemplate(analysis: Analysis, judged: Judgement): Judgement {
  if (madeOf(analysis.path) === undefined) return judged;
  const template = templateOf(analysis);
  const isSample = copied.test(analysis.path);
  if (!template && !isSample) return judged;
  const { holes, conditional, open } = template ?? { holes: [], conditional: [], open: false };
  const within = (spans: readonly Span[], { start, end }: Span) => spans.some((span) => span.start < Math.max(end, start + 1) && start < span.end);
  const unresolved: Unresolved[] = judged.unresolved.map((one) => (one.because === undocumented && within(holes, one.span) ? { ...one, because: filled } : one));
  const findings: Finding[] = [];
  for (const finding of judged.findings) {
    const { rule, span, family, fix, unstated } = finding;
    const because = within(holes, span) ? filled
      : within(conditional, span) ? 'a template decides whether it is stated'
      : open && unstated ? 'a template may state it'
      : isSample && family === 'secrets' ? 'the file is there to be copied: see that no copy keeps the value' : undefined;
    if (because !== undefined) unresolved.push({ rule, span, because, whole: finding.whole });
    else findings.push(fix && fix.edits().some((edit) => within(holes, edit) || within(conditional, edit)) ? { ...finding, fix: undefined } : finding);
  }
  return { ...judged, findings, unresolved };
}
