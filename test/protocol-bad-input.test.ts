/** Input nobody would write and every editor sends: it gives diagnostics or quiet, never a crash, a hang or a lost edit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsAt, editsOf } from '#assistance/actions.js';
import { fixAll } from '#assistance/fix-all.js';
import { hoverAt } from '#assistance/hover.js';
import { code, escaped } from '#assistance/markdown.js';
import { notesOf } from '#assistance/notes.js';
import { analyse } from '#engine/analysis.js';
import { lint, undecided } from '#engine/lint.js';
import { apply, type Edit } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { LanguageClient } from './support/language-client.js';
import { exampleTexts } from './support/workload.js';

/** A small generator of numbers, so that a failure can be repeated: the seed is in the message. */
function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const nasty = ['{', '}', '[', ']', '"', "'", '\\', '\n', '\r\n', '\r', '\t', ' ', '#', ';', ':', '=', '<', '>', '<!--', ']]>', '&', '*', '${', '{{', '%', '\ud800', '\udc00', '\0', 'é', '🏥', '- ', '---\n', '  ', '0', 'EOF', '/*', '//'];

/** How long one lint of a small file may take, in milliseconds: far beyond what it does, far below a hang. */
const limit = 3000;

for (const [name, format] of registry.formats) {
  test(`random edits of ${name} neither throw nor hang, and an edited tree says what a fresh one says`, () => {
    const random = chance(name.length * 7919 + name.charCodeAt(0));
    for (const example of exampleTexts(name).slice(0, 6)) {
      let text = example.slice(0, 20_000);
      let before = analyse(name, format, 'example', text);
      for (let step = 0; step < 40; step++) {
        const start = random(text.length + 1);
        const edit: Edit = { start, end: random(3) === 0 ? Math.min(text.length, start + random(40)) : start, text: random(4) === 0 ? '' : nasty[random(nasty.length)]!.repeat(1 + random(3)) };
        text = apply(text, [edit]);
        const since = performance.now();
        const now = analyse(name, format, 'example', text, undefined, before);
        const outcome = lint(now, registry);
        assert.deepEqual(outcome.failures, [], `step ${step}: ${JSON.stringify(text)}`);
        const notes = notesOf(outcome);
        for (const { span } of notes) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${JSON.stringify(span)} in ${text.length}`);
        for (const { does } of actionsAt(now, outcome, { start: 0, end: text.length })) if (does.do === 'fix') editsOf(does, now, outcome, undecided);
        if (step % 10 === 0) {
          assert.deepEqual(notes, notesOf(lint(analyse(name, format, 'example', text), registry)), `an edited tree differs from a fresh one: ${JSON.stringify(text)}`);
          hoverAt(outcome, text, start);
          fixAll(now, undecided);
        }
        assert.ok(performance.now() - since < limit, `step ${step} took too long: ${JSON.stringify(text)}`);
        before = now;
      }
    }
  });

  test(`${name} reads deep, long and broken text in time`, () => {
    const example = exampleTexts(name)[0] ?? '';
    const texts = ['{'.repeat(20_000), '['.repeat(20_000), '<a>'.repeat(20_000), '{"a":'.repeat(20_000), '- '.repeat(20_000), `${'a: '.repeat(3000)}`, 'a'.repeat(300_000), '\r'.repeat(20_000), '"'.repeat(20_001), '\ud800'.repeat(1000),
      `\ufeff${example}`, example.replaceAll('\n', '\r\n'), example.replaceAll('\n', '\r'), example.slice(0, example.length / 2)];
    for (const text of texts) {
      const since = performance.now();
      const outcome = lint(analyse(name, format, 'example', text), registry);
      assert.deepEqual(outcome.failures, [], JSON.stringify(text.slice(0, 40)));
      assert.ok(performance.now() - since < limit, `${JSON.stringify(text.slice(0, 20))} took ${performance.now() - since} ms`);
    }
  });
}

test('the server outlives binary, enormous, deeply nested and half-encoded documents', async (t) => {
  const client = await LanguageClient.start({ pull: true });
  t.after(() => client.stop());
  const uri = (name: string) => `file:///tmp/bad/${name}/mosquitto.conf`;
  client.open(uri('binary'), 'listener 1883\0\u0001');
  assert.deepEqual(await client.pull(uri('binary')), []);
  client.open(uri('five-megabytes'), `listener 1883\n${'# a remark that fills the file with words\n'.repeat(125_000)}`);
  assert.ok((await client.pull(uri('five-megabytes'))).length > 0);
  client.open(uri('many'), 'listener 1883\n'.repeat(20_000));
  assert.ok((await client.pull(uri('many'))).length >= 20_000);
  client.close(uri('many'));
  client.open(uri('too-large'), `${'# x\n'.repeat(2_700_000)}listener 1883\n`);
  assert.match((await client.pull(uri('too-large')))[0]!.message, /larger than 10 MB/);
  client.open(uri('nested'), '{'.repeat(200_000));
  await client.pull(uri('nested'));
  client.open(uri('surrogates'), '# \ud83c\udfe5 ward\nlistener 1883\n');
  client.edit(uri('surrogates'), { start: 2, end: 3, text: '' });
  assert.equal((await client.pull(uri('surrogates'))).find(({ code: rule }) => rule === 'encrypt-transmission')!.range.start.line, 1);
  client.open(uri('ends'), 'listener 1883\rallow_anonymous true\r\nlistener 1884\n');
  const found = (await client.pull(uri('ends'))).filter(({ code: rule }) => rule === 'encrypt-transmission');
  assert.equal(found.at(-1)!.range.start.line, 2, 'a lone carriage return ends a line in editors');
  for (const address of ['', 'file:', 'no scheme', 'file:///%E0%A4%A', 'untitled:', 'vscode-notebook-cell:/a#b', 'file://server/share/mosquitto.conf']) {
    client.open(address, 'listener 1883\n');
    await client.pull(address);
    client.close(address);
  }
  assert.equal(client.exited, false);
  assert.ok((await client.pull(uri('surrogates'))).length > 0);
});

test('text of a file has no meaning in Markdown', () => {
  assert.equal(escaped('[a](http://b) <i> `c` *d* www.e.f\ng'), '\\[a\\]\\(http\\:\\/\\/b\\) \\<i\\> \\`c\\` \\*d\\* www\\.e\\.f g');
  assert.equal(code('a`b``c'), '``` a`b``c ```');
  assert.equal(code('a\nb'), '`a b`');
});
