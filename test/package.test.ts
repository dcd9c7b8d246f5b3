/** What people get: the extension as one file, and the npm package, installed as a user would and tried. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: object;
  readonly scripts: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** Runs a program of Node or npm to its end, and fails where it fails. */
function run(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): string {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', shell, ...options });
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${`${stdout}${stderr}`.slice(-1000)}`);
  return stdout;
}

test('every script installs what it needs', () => {
  for (const [name, script] of Object.entries(manifest.scripts)) assert.match(script, /^node tools\/run\.mjs tools\/[\w-]+\.mjs$/, name);
});

test('continuous integration runs the test command of the README and nothing before it', () => {
  const lines = readFileSync('.ci/run', 'utf8').split('\n').filter((line) => line && !line.startsWith('#') && !line.startsWith('set '));
  assert.deepEqual(lines, ['npm test']);
  assert.match(readFileSync('README.md', 'utf8'), /^npm test$/m);
});

test('the extension is the same bytes whenever and wherever it is packaged', () => {
  const packaged = ['America/New_York', 'Asia/Tokyo'].map((TZ) => {
    run(process.execPath, ['tools/package.mjs'], { env: { ...process.env, TZ } });
    return readFileSync(`${manifest.name}-${manifest.version}.vsix`);
  });
  assert.ok(packaged[0]!.equals(packaged[1]!));
});

test('the page of the extension carries its picture and no link that leads nowhere', () => {
  const page = readFileSync('.cache/package/README.md', 'utf8');
  assert.match(page, /!\[[^\]]+\]\(data:image\/png;base64,/);
  for (const [, target] of page.matchAll(/\]\(([^)]*)\)/g)) assert.match(target!, /^(https:|data:image\/png|#)/);
});

describe('the npm package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hipaa-lint-installed-'));
  const home = process.platform === 'win32' ? join(folder, 'node_modules') : join(folder, 'lib', 'node_modules');
  before(() => {
    // The build is there; building again would take it from under the other tests.
    run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
    run('npm', ['install', '--silent', '--offline', '--global', '--prefix', folder, join(folder, `${manifest.name}-${manifest.version}.tgz`)]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('may be published, and needs no other package', () => {
    assert.equal(manifest.private, undefined);
    assert.equal(manifest.dependencies, undefined);
    assert.deepEqual(readdirSync(home), [manifest.name]);
  });

  test('brings the command', () => {
    const command = process.platform === 'win32' ? join(folder, 'hipaa-lint.cmd') : join(folder, 'bin', 'hipaa-lint');
    assert.equal(run(command, ['--version']), `${manifest.version}\n`);
  });

  test('brings the library with its types', () => {
    const use = `import { lintText } from '${manifest.name}';
const { findings } = lintText('mosquitto.conf', 'listener 1883\\n');
const rules: readonly string[] = findings.map(({ rule }) => rule);
declare const console: { log(text: string): void };
console.log(rules.join(' '));
`;
    writeFileSync(join(home, 'use.mts'), use);
    const compiler = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--lib', 'es2023', '--types', '', 'use.mts'];
    run(process.execPath, [compiler, ...options], { cwd: home });
    assert.match(run(process.execPath, ['use.mjs'], { cwd: home }), /encrypt-transmission/);
  });
});
