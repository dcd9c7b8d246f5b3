import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';

/** One `$name = value;` of the file. PHP is read as text and never run. */
export interface Assignment {
  /** `pass`, or `sqlconf.pass` for a key of the array. */
  readonly name: string;
  /** The text in quotes; none for anything else, such as a call. */
  readonly text?: string;
  readonly span: Span;
}

export interface SqlConf {
  readonly text: string;
  readonly assignments: readonly Assignment[];
  readonly comments: readonly Comment[];
}

/** Reads the assignments of a file line by line, past comments. */
export function parseSqlConf(text: string): SqlConf {
  const assignments: Assignment[] = [];
  const comments: Comment[] = [];
  let block = false;
  for (let start = 0, stop: number; start < text.length; start = stop + 1) {
    stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    const line = text.slice(start, stop);
    const ink = start + (line.length - line.trimStart().length);
    if (block) {
      block = !line.includes('*/');
      continue;
    }
    const mark = /^\s*(\/\/|#|\/\*)/.exec(line)?.[1];
    if (mark) {
      comments.push({ start: ink, end: ink + line.trim().length, text: line.trim().slice(mark.length) });
      block = mark === '/*' && !line.includes('*/');
      continue;
    }
    // A line of the installer holds one statement; others may hold several.
    const statement = /\$(\w{1,40})(?:\[\s{0,20}["'](\w{1,40})["']\s{0,20}\])?\s{0,40}=\s{0,40}(?:"((?:[^"\\$]|\\.){0,2000})"\s{0,40};|'((?:[^'\\]|\\.){0,2000})'\s{0,40};|[^;=\s][^;]{0,2000};)/g;
    for (const match of line.matchAll(statement)) {
      const value = match[3] ?? match[4];
      assignments.push({
        name: match[2] === undefined ? match[1]! : `${match[1]}.${match[2]}`,
        ...(value !== undefined && { text: value.replace(/\\(["'\\])/g, '$1') }),
        span: { start: start + match.index, end: start + match.index + match[0].length },
      });
    }
  }
  return { text, assignments, comments };
}

/** The assignment of a connection setting: to the array itself, or to the variable that goes into it. */
export function assigned({ assignments }: SqlConf, name: string): Assignment | undefined {
  const own = assignments.filter((one) => one.name === `sqlconf.${name}` && one.text !== undefined);
  return own.at(-1) ?? assignments.filter((one) => one.name === name).at(-1);
}
