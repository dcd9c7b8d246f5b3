/** The example hospital shows every family of finding; its hardened twin shows none, and leaves nothing open. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { families } from '#engine/rule.js';
import { hipaaLint } from './support/command-line.js';

interface Said {
  readonly findings: readonly { readonly path: string; readonly rule: string; readonly family: string; readonly message: string; readonly exception?: { readonly kind: string } }[];
  readonly unresolved: readonly { readonly path: string; readonly because: string }[];
  readonly inputs: readonly { readonly path: string; readonly status: string }[];
}

const scan = async (folder: string): Promise<Said> => JSON.parse((await hipaaLint('examples', ['scan', folder, '--format', 'json', '--fail-on', 'never'])).out) as Said;

/** Files of the example that are prose or settings of this product. */
const ours = (path: string) => /(?:^|\/)(?:README\.md|\.hipaa-lint\.yaml)$/.test(path);
const files = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)])).filter((path) => !ours(path));

describe('examples/clinic', () => {
  test('every file is read', async () => {
    const read = new Set((await scan('clinic')).inputs.filter(({ status }) => status === 'read').map(({ path }) => path.replace(/^clinic\//, '')));
    assert.deepEqual(files('examples/clinic').map((path) => path.slice('examples/clinic/'.length)).filter((path) => !read.has(path)), []);
  });

  test('every family of finding appears', async () => {
    const seen = new Set((await scan('clinic')).findings.map(({ family }) => family));
    assert.deepEqual(families.filter((family) => !seen.has(family)), []);
  });

  test('one risk is accepted, and one alternative measure is recorded', async () => {
    const kinds = (await scan('clinic')).findings.flatMap(({ exception }) => exception?.kind ?? []);
    assert.ok(kinds.includes('accepted-risk') && kinds.includes('alternative-measure'), JSON.stringify(kinds));
  });
});

test('examples/clinic-hardened has the same files, no finding, and nothing open but what no file of it can say', async () => {
  const said = await scan('clinic-hardened');
  assert.deepEqual(said.findings.map(({ path, rule, message }) => `${path}: ${message} (${rule})`), []);
  // Who may ask a HAPI FHIR server is decided in front of it or in its code, never in this file.
  assert.deepEqual(said.unresolved.map(({ path }) => path), ['clinic-hardened/fhir/application.yaml']);
  const names = (folder: string) => files(`examples/${folder}`).map((path) => path.split('/').slice(2).join('/'));
  const twin = new Set(names('clinic-hardened'));
  assert.deepEqual(names('clinic').filter((path) => !twin.has(path)), []);
});
