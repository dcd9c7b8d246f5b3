/** What `npm run new:format` and `npm run new:rule` write compiles, and its page tests fail until somebody has written it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';

describe('scaffolds', () => {
  let copy: string;
  const node = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
    return { status, text: stdout + stderr };
  };

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'hipaa-lint-scaffold-'));
    for (const name of ['package.json', 'tsconfig.base.json', 'tools', 'test/tsconfig.json', 'test/pages.test.ts', 'test/support'])
      cpSync(name, join(copy, name), { recursive: true });
    // Without the other formats: what is proven is the scaffold, and it should not take longer with each of them.
    cpSync('server', join(copy, 'server'), { recursive: true, filter: (path) => !/formats[/\\](?!mosquitto|tsconfig)[\w-]+/.test(path) });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  test('refuse a name that is not one, or that is taken, and say so', () => {
    for (const [tool, args, says] of [
      ['new-format', [], 'npm run new:format NAME'],
      ['new-format', ['No Name'], 'named in lower case'],
      ['new-format', ['mosquitto'], 'There is a format mosquitto already'],
      ['new-rule', ['tls-version'], 'There is a rule tls-version already'],
      ['new-rule', ['x', '--format', 'nope'], 'There is no format `nope`'],
      ['new-rule', ['../x'], 'named in lower case'],
      ['new-rule', ['x', '--format'], 'npm run new:rule NAME'],
    ] as const) {
      const { status, text } = node(`tools/${tool}.mjs`, ...args);
      assert.equal(status, 2);
      assert.ok(text.includes(says), text);
    }
  });

  test('compile, and fail until they are written', () => {
    for (const args of [
      ['tools/new-format.mjs', 'ward-gateway'],
      ['tools/new-rule.mjs', 'pump-names'],
      ['tools/new-rule.mjs', 'pump-order', '--page=mosquitto'],
      ['tools/new-rule.mjs', 'topic-owners', '--format', 'mosquitto'],
    ])
      assert.equal(node(...args).status, 0);
    assert.equal(node('tools/generate-registry.mjs').status, 0);
    assert.match(readFileSync(join(copy, 'server/src/registry/registry.generated.ts'), 'utf8'), /'mosquitto\/topic-owners': ruleMosquittoTopicOwners/);
    const compiled = node('node_modules/typescript/bin/tsc', '-b', 'test');
    assert.equal(compiled.status, 0, compiled.text);
    const { status, text } = node('--test', '--test-reporter=tap', 'out/test/pages.test.js');
    assert.notEqual(status, 0);
    for (const page of ['encrypt-transmission × ward-gateway', 'pump-order × mosquitto', 'mosquitto/topic-owners × mosquitto'])
      assert.match(text, new RegExp(`^not ok \\d+ - ${page.replace('/', '\\\\?/')}`, 'm'));
    assert.equal([...text.matchAll(/error: .*nothing is caught/g)].length, 3, text);
  });
});
