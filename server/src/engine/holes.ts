import { undetermined, type Undetermined } from './setting.js';
import type { Span } from './text.js';

/**
 * How templates and shells write a value that is filled in when a file is deployed, where that is the whole value: behind a
 * name, an assignment, a quote or a tag, and in front of nothing more. An address before it is a part of the value.
 */
const whole = /^[<"']?(?:[\w.\-/]{1,80}["']?(?:[ \t]{1,8}|[ \t]{0,8}[=>][ \t]{0,8}|:[ \t]{1,8}|:(?=["'])))?["']?(?:\$\{[^{}\n]{1,200}\}|\{\{[^{}\n]{1,200}\}\}|<%[^%\n]{1,200}%>|\[%[^%\n]{1,200}%\]|@[A-Z_][A-Z\d_.]{1,80}@)["']?[;,]?$/;

/** Longer places hold more than one value. */
const longest = 320;

/** Whether a text holds any such value. Most hold none, which is seen without looking at its places. */
export function hasHoles(text: string): boolean {
  return text.includes('${') || text.includes('{{') || text.includes('<%') || text.includes('[%') || text.includes('@');
}

/** Whether a whole value is filled in when the file is deployed. */
export function isFilledIn(value: string): boolean {
  return value.length <= longest && whole.test(value.trim());
}

/** What is said of a setting whose whole value a template fills in; nothing where the value is written out. */
export function filledIn(raw: string | undefined, span: Span): Undetermined | undefined {
  return raw !== undefined && isFilledIn(raw) ? undetermined(span, 'what it is filled in with decides') : undefined;
}

/** Whether a place in a text states a value that is filled in when the file is deployed. */
export function isHole(text: string, { start, end }: Span): boolean {
  return end - start <= longest && whole.test(text.slice(start, end));
}
