import type { Analysis } from '#engine/analysis.js';
import { exceptionFields, exceptionKinds, exceptionMarker, reachOf } from '#engine/exceptions.js';
import type { Outcome } from '#engine/lint.js';
import { registry } from '#registry/registry.generated.js';
import { choice, placeholder, verbatim, type Completion } from './completion.js';

/** What a person writes behind the marker is shorter than this; a file of one endless line is not looked through. */
const longest = 2000;

/**
 * What may stand at an offset of a comment that records an exception: the rules with findings where the comment reaches,
 * then the fields it lacks and the kinds there are.
 */
export function exceptionCompletions({ format, text, tree }: Analysis, { findings }: Outcome, offset: number): readonly Completion[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const marker = text.slice(lineStart, offset).lastIndexOf(exceptionMarker);
  const begin = lineStart + marker + exceptionMarker.length;
  const said = text.slice(begin, offset);
  if (marker < 0 || said.length > longest || !/^[ \t]/.test(said)) return [];
  const comments = registry.formats.get(format)?.comments(tree) ?? [];
  // A reader may leave out the blanks at the end, behind which the next word is about to come.
  const comment = comments.find(({ start, end }) => start <= begin && begin + said.trimEnd().length <= end);
  if (!comment) return [];

  let opens = said.length;
  while (opens > 0 && !/[\s="]/.test(said[opens - 1]!)) opens--;
  const word = said.slice(opens);
  const span = { start: offset - word.length, end: offset };
  const before = said.slice(0, said.length - word.length);
  const value = (name: string, explanation = ''): Completion =>
    ({ label: name, kind: 'value', span, text: name, snippet: verbatim(name), ...(explanation && { explanation }) });
  if (before.trim() === '') {
    const reach = reachOf(comment, text, comments);
    const here = findings.filter(({ span: { start }, exception }) => !exception && start >= reach.start && start < reach.end);
    return [...new Set(here.map(({ rule }) => rule))].map((rule) => value(rule, registry.rules.get(rule)?.title));
  }
  if (/\skind=$/.test(before)) return exceptionKinds.map((kind) => value(kind));
  if (!/\s$/.test(before) || before.split('"').length % 2 === 0) return [];
  const whole = text.slice(begin, comment.end);
  return exceptionFields.filter((name) => name !== 'rule' && !whole.includes(` ${name}=`)).map((name): Completion => {
    const written = name === 'kind' ? choice(1, exceptionKinds) : name === 'until' ? placeholder(1, '') : `"${placeholder(1, '')}"`;
    return { label: name, kind: 'key', span, text: `${name}=`, snippet: `${name}=${written}` };
  });
}
