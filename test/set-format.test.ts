/** The format of a file, written into `.hipaa-lint.yaml` without touching what else stands there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfiguration } from '#configuration/read.js';
import { withFormat } from '#configuration/set-format.js';

const written = (text: string, path = 'ward/broker.txt', format = 'mosquitto') => {
  const result = withFormat(text, path, format);
  assert.ok('text' in result, JSON.stringify(result));
  assert.deepEqual(readConfiguration(result.text).problems, []);
  return result.text;
};

test('a file that says nothing yet gets the list', () => {
  assert.equal(written(''), 'files:\n  /ward/broker.txt: mosquitto\n');
  assert.equal(written('# our policy\n'), '# our policy\nfiles:\n  /ward/broker.txt: mosquitto\n');
  assert.equal(written('policy:\r\n  passwordLength: 15 # ours'), 'policy:\r\n  passwordLength: 15 # ours\r\nfiles:\r\n  /ward/broker.txt: mosquitto\r\n');
});

test('a list that is there gets another line, before what it says of other patterns', () => {
  assert.equal(
    written('files:\n  # brokers\n  "ward/*.txt": nginx # old\nscope: partial\n'),
    'files:\n  # brokers\n  /ward/broker.txt: mosquitto\n  "ward/*.txt": nginx # old\nscope: partial\n',
  );
  assert.equal(written('files:\nscope: partial\n'), 'files:\n  /ward/broker.txt: mosquitto\nscope: partial\n');
});

test('what it said of the same file is replaced', () => {
  assert.equal(written('files:\n  ward/broker.txt: nginx # was\n', undefined, 'none'), 'files:\n  ward/broker.txt: none # was\n');
});

test('names are quoted, and marks of patterns in them stand for themselves', () => {
  assert.equal(written('', 'a b: c.txt'), "files:\n  '/a b: c.txt': mosquitto\n");
  assert.equal(written('', 'a[1].txt'), "files:\n  '/a?1?.txt': mosquitto\n");
});

test('what cannot be written to is left as it is, with a reason', () => {
  for (const text of ['files: {}\n', 'files: [\n', '- a\n', '{ scope: partial }\n']) assert.ok('problem' in withFormat(text, 'a.txt', 'mosquitto'), text);
});
