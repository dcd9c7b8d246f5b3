/**
 * Fixes of templates of manifests: whatever a template has where, after a fix every token is still there, every `if` ends where it did
 * around what it held, and what fills in a key stands below that key.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, type Edit } from '#engine/text.js';
import { ask, pages } from './support/pages.js';

const only = process.env['HIPAA_LINT_ONLY'];

const tokens = (text: string) => [...text.matchAll(/\{\{.*?\}\}/g)].map(([said]) => said);
const indentOf = (line: string) => /^ */.exec(line)![0].length;
const spaces = (count: number) => ' '.repeat(count);

/** What each output stands below: its line and the nearest one above that is not deeper, as they are written. */
function above(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => (/^\s*\{\{-? (?:toYaml|include)/.test(line) ? [`${lines[i - 1]}\n${line}`] : []));
}

interface Condition {
  readonly start: number;
  readonly end: number;
}

/** From where to where every condition holds something, in the order of their ends. */
function conditionsOf(text: string): readonly Condition[] {
  const open: number[] = [];
  const found: Condition[] = [];
  for (const { 0: said, index } of text.matchAll(/\{\{-? (?:if|with|range|end).*?\}\}/g)) {
    if (!said.includes('end')) open.push(index + said.length);
    else found.push({ start: open.pop()!, end: index });
  }
  return found;
}

/** Whether an edit changes what belongs to a condition, and not what is around it: it writes into a line of it, or below its first. */
function belongs(text: string, { start, end }: Condition, edit: Edit): boolean {
  if (edit.start < start || edit.end > end) return false;
  const first = text.slice(start, end).split('\n').find((line) => line.trim() !== '') ?? '';
  const added = edit.text.split('\n').slice(1).filter((line) => line.trim() !== '');
  const stem = indentOf(first) + (/^ *- /.test(first) ? 1 : 0);
  return added.every((line) => indentOf(line) > stem);
}

/** The lines of the block that a line begins. */
function blockAt(lines: readonly string[], i: number): number {
  let end = i + 1;
  const indent = indentOf(lines[i]!) + (/^ *- /.test(lines[i]!) ? 1 : 0);
  while (end < lines.length && (lines[end]!.trim() === '' || indentOf(lines[end]!) > indent)) end++;
  return end;
}

/** A manifest as templates have it: an output behind a line, or in place of what a key holds; a condition around a block. */
function templatesOf(text: string): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const withLines = (from: number, to: number, said: readonly string[]) => [...lines.slice(0, from), ...said, ...lines.slice(to), ''].join('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '' || line.startsWith('---') || /^(?:apiVersion|kind):/.test(line)) return [];
    const indent = indentOf(line);
    const end = blockAt(lines, i);
    const block = lines.slice(i, end);
    const key = /^ *(?:- )?[\w.-]+:(?= |$)/.exec(line)?.[0];
    const below = indentOf(key ?? '') + (key?.includes('- ') ? 4 : 2);
    return [
      withLines(i + 1, i + 1, [`${spaces(line.trimEnd().endsWith(':') ? below : indent)}{{- include "more" . | nindent ${indent} }}`]),
      withLines(end, end, [`${spaces(indent + 2)}{{- toYaml .Values.more | nindent ${indent + 2} }}`]),
      withLines(i, end, [`${spaces(indent)}{{- if .Values.on }}`, ...block, `${spaces(indent)}{{- end }}`]),
      withLines(i, end, ['{{- range .Values.all }}', ...block, '{{- end -}}']),
      ...(key && end > i + 1 ? [
        withLines(i, end, [key, `${spaces(below)}{{- toYaml .Values.own | nindent ${below} }}`]),
        withLines(i, end, [key, `${spaces(below)}{{- with .Values.own }}`, `${spaces(below)}{{- toYaml . | nindent ${below} }}`, `${spaces(below)}{{- end }}`]),
      ] : []),
    ];
  });
}

test('a fix of a template takes no token away and parts none from what it belongs to', { skip: only !== undefined && only !== 'kubernetes' }, () => {
  let fixed = 0;
  let turn = 0;
  for (const { format, path, examples } of pages()) {
    if (format !== 'kubernetes') continue;
    for (const { heading, files, line } of examples) {
      if (heading !== 'Caught' || files.length > 1 || files[0]!.text.includes('{{') || /^\s*[{[]/.test(files[0]!.text)) continue;
      // Every seventh of them all: over the examples, each kind comes to stand at each kind of place.
      for (const text of templatesOf(files[0]!.text).filter(() => turn++ % 5 === 0)) {
        for (const { fix } of ask('kubernetes', [{ text }]).flatMap(({ findings }) => findings)) {
          const edits = fix?.edits() ?? [];
          if (edits.length === 0) continue;
          fixed++;
          const after = apply(text, edits);
          const where = `${path}:${line}: ${fix!.title}\n${text}\n--- after ---\n${after}`;
          assert.deepEqual(tokens(after), tokens(text), where);
          assert.deepEqual(above(after).map((one) => one.split('\n')[1]), above(text).map((one) => one.split('\n')[1]), where);
          const [was, is] = [conditionsOf(text), conditionsOf(after)];
          for (const [i, one] of was.entries()) {
            if (edits.some((edit) => belongs(text, one, edit))) continue;
            assert.equal(after.slice(is[i]!.start, is[i]!.end), text.slice(one.start, one.end), where);
          }
          // What fills in a key or stands behind a line still does.
          for (const [i, one] of above(text).entries()) {
            const before = one.split('\n')[0]!;
            if (before.trimEnd().endsWith(':')) assert.equal(above(after)[i]!.split('\n')[0], before, where);
          }
        }
      }
    }
  }
  assert.ok(fixed > 200, `${fixed} fixes`);
});
