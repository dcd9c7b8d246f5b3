/** Documents inside files: what is found in them stands where it is written, and a fix leaves the file around them as it was. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alone, analyse } from '#engine/analysis.js';
import { indentedPieces, outerEdits, outerSpan, type Embedded } from '#engine/embedded.js';
import { lint } from '#engine/lint.js';
import { apply } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

const judged = (text: string) => lint(analyse('kubernetes', registry.formats.get('kubernetes')!, 'm.yaml', text, alone), registry);
const broker = ['apiVersion: v1', 'kind: ConfigMap', 'metadata: { name: broker }', 'data:', '  mosquitto.conf: |', '    listener 1883', '', '    allow_anonymous true', '  note: hello', ''];

describe('a document in a literal block', () => {
  for (const end of ['\n', '\r\n']) {
    test(`keeps its place and its indent, lines ending in ${JSON.stringify(end)}`, () => {
      const text = broker.join(end);
      const open = judged(text).findings.find(({ rule }) => rule === 'anonymous-access');
      assert.equal(text.slice(open!.span.start, open!.span.end), 'allow_anonymous true');
      const mended = apply(text, open!.fix!.edits());
      assert.equal(mended, text.replace('allow_anonymous true', 'allow_anonymous false'));
      assert.ok(!judged(mended).findings.some(({ rule }) => rule === 'anonymous-access'));
    });
  }

  test('says the same as the document by itself', () => {
    const inside = judged(broker.join('\n')).findings.filter(({ rule }) => registry.rulesFor('mosquitto').some(([id]) => id === rule)).map(({ rule, message }) => `${rule}: ${message}`);
    const own = lint(analyse('mosquitto', registry.formats.get('mosquitto')!, 'mosquitto.conf', 'listener 1883\n\nallow_anonymous true\n', { ...alone, open: () => 'absent', match: () => [] }), registry);
    assert.deepEqual(inside.sort(), own.findings.map(({ rule, message }) => `${rule}: ${message}`).sort());
  });

  test('in a block that is folded is not written', () => {
    const text = broker.join('\n').replace('conf: |', 'conf: >').replaceAll('\n\n', '\n').replace('    allow', '\n    allow');
    for (const { fix } of judged(text).findings.filter(({ rule }) => rule === 'anonymous-access')) assert.deepEqual(fix?.edits() ?? [], []);
  });
});

describe('edits of indented lines', () => {
  const file = 'a: |\n    one\n    two\n    three\nb: c\n';
  const text = 'one\ntwo\nthree\n';
  const document: Embedded = { name: 'x', text, pieces: indentedPieces(text, file.indexOf('one'), '    ', (at) => file[at] ?? '') };
  const after = (start: number, end: number, said: string) => apply(file, outerEdits(document, [{ start, end, text: said }], file));

  test('replace a word, add lines, take lines away', () => {
    assert.equal(after(4, 7, 'zwei'), file.replace('two', 'zwei'));
    assert.equal(after(4, 4, 'new\n'), file.replace('two', 'new\n    two'));
    assert.equal(after(7, 7, '\nnew'), file.replace('two', 'two\n    new'));
    assert.equal(after(4, 8, ''), file.replace('    two\n', ''));
    assert.equal(after(4, 14, ''), file.replace('    two\n    three\n', ''));
    assert.equal(after(14, 14, 'four\nfive\n'), file.replace('three\n', 'three\n    four\n    five\n'));
    assert.equal(after(13, 14, '\nfour\n'), file.replace('three\n', 'three\n    four\n'));
  });

  test('have their places', () => {
    assert.deepEqual(outerSpan(document, { start: 4, end: 7 }), { start: file.indexOf('two'), end: file.indexOf('two') + 3 });
    assert.deepEqual(outerSpan(document, { start: 14, end: 14 }), { start: file.indexOf('b:'), end: file.indexOf('b:') });
  });
});

describe('a document that is put together', () => {
  const file = 'A=1 B=2';
  const text = '{"a":1,"b":2}';
  const piece = (word: string, at: number) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length, at: { start: at, end: at + 3 }, write: (said: string) => [{ start: at + 2, end: at + 3, text: said.split(':')[1] ?? '' }] });
  const document: Embedded = { name: 'x', text, pieces: [piece('"a":1', 0), piece('"b":2', 4)] };

  test('is written where it came from, and nowhere else', () => {
    assert.equal(apply(file, outerEdits(document, [{ start: text.indexOf('2'), end: text.indexOf('2') + 1, text: '3' }], file)), 'A=1 B=3');
    assert.deepEqual(outerEdits(document, [{ start: 0, end: 1, text: '{"c":1,' }], file), []);
    assert.deepEqual(outerSpan(document, { start: 0, end: 1 }), undefined);
    assert.deepEqual(outerSpan(document, { start: text.indexOf('1'), end: text.indexOf('1') + 1 }), { start: 0, end: 3 });
  });
});
