/** A scan asks every signature of every file it meets, so none may take long over any text: what repeats is what makes a pattern slow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headLength } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { processorTime } from './support/processor-time.js';

const repeated = [
  ' ', '\n', '\t\n', 'a', 'a ', 'a: b\n', 'a=b\n', '  a = b;\n', '# a\n', '  # a\n', '// a\n', '/* a */ ', '/*', '; a\n', '-- a\n',
  '<!-- a -->\n', '<!--', '<a b="c">', '<a>', '{', '{\n', '}', '[', '"', '"a": ', '"a": {\n', '- a\n', '\\', '\\\n', '.', '-', '_', '/', '0',
  'http://', '${', '!include ', 'server {\n', 'network={\n', 'ota:\n', '"@odata.type": "', '<list>', 'CONFIG_A=y\n', '#define A\n',
];
/** Milliseconds; a pattern in linear time needs one or two, one that backtracks needs minutes. */
const enough = 1000;

for (const [name, { files }] of registry.formats) {
  const signatures = files.flatMap((claim) => (typeof claim === 'string' ? [] : [claim.saying]));
  if (signatures.length === 0) continue;
  test(`${name} is recognised, or not, at once`, () => {
    for (const part of repeated) {
      for (const first of ['', '<?xml version="1.0"?>\n', '{\n', '---\n']) {
        const head = (first + part.repeat(Math.ceil(headLength / part.length))).slice(0, headLength);
        const start = processorTime();
        for (const saying of signatures) if (typeof saying === 'function') saying(head); else saying.test(head);
        const took = start();
        assert.ok(took < enough, `${JSON.stringify(first + part)} repeated took ${Math.round(took)} ms`);
      }
    }
  });
}
