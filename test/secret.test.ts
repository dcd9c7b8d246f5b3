/** What counts as a credential, by name and value. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fallbackOf, isCredential, isStandIn, namesPlainly } from '#concepts/secret.js';

test('a placeholder comes to its fall-back', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['${DB_PASSWORD}', ''], ['${DB_PASSWORD:}', ''], ['${DB_PASSWORD:-}', ''], ['${DB_PASSWORD:heron}', 'heron'], ['${DB_PASSWORD:-heron}', 'heron'], ['${DB_PASSWORD-heron}', 'heron'],
    ['${DB_PASSWORD:=heron}', 'heron'], ['${db.password:heron}', 'heron'], ['${A:${B:heron}}', 'heron'], ['${A:-${B}}', ''], ['${A:?must be set}', ''], ['${A?must be set}', ''], ['${A:+heron}', ''],
    ['${env:DB_PASSWORD}', ''], ['${file:/run/secrets/db}', ''], ['heron', undefined], ['${A}${B}', undefined], ['x${A:heron}', undefined], ['${A:heron}-${B}', undefined],
  ];
  assert.deepEqual(cases.map(([text]) => [text, fallbackOf(text)]), cases);
});

test('a word that works is a credential, one that asks for another is not', () => {
  const works = ['changeme', 'secret', 'password', 'S3cret!', '${X:heron-and-tide}', '${X:-changeme}', 'hereford', 'adder-9'];
  const asks = ['', '${X}', '${X:-}', '<password>', 'REPLACE_ME', 'INSERT_TOKEN', 'insert your token', 'your-api-key', 'YOUR_PASSWORD', 'put the key here', '__DB_PASSWORD__', '@DB_PASSWORD@', '#{DbPassword}#', '{{ password }}', 'TODO', '${X:?no password}'];
  assert.deepEqual(works.filter(isStandIn), []);
  assert.deepEqual(asks.filter((text) => !isStandIn(text)), []);
  assert.ok(!isCredential('API_KEY', 'API_KEY_VALUE') && !isCredential('API_KEY', 'API_KEY') && isCredential('API_KEY', 'tern-and-gale-4') && isCredential('DB_PASSWORD', 'db_password'));
});

test('names of what belongs to a credential are told from names of credentials', () => {
  const plain = ['apiAddress', 'apiUsername', 'node.session.auth.username', 'azurestorageaccountname', 'smtp-from', 'log_level', 'clientId', 'AWS_REGION', 'tls.crt', 'jdbcUrl'];
  const secret = ['apiPassword', 'node.session.auth.password', 'azurestorageaccountkey', 'token', 'smtp-secret', 'mirth', 'license'];
  assert.deepEqual(plain.filter((name) => !namesPlainly(name)), []);
  assert.deepEqual(secret.filter(namesPlainly), []);
});
