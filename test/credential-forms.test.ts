/** What is a credential, by its name or by the form of its value, and what only looks like one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCredential, namesCredential } from '#concepts/secret.js';
import { decodeBase64 } from '#engine/base64.js';

const named = [
  'DB_PASSWORD', 'apiKey', 'KEYSTORE_STOREPASS', 'KEYSTORE_KEYPASS', 'keypass', 'bindpw', 'AUTH_PW', 'userPass', 'mysqlpwd', 'RABBITMQ_ERLANG_COOKIE',
  'cookie', 'node.cookie', 'EMQX_NODE__COOKIE', 'azurestorageaccountkey', 'TS_AUTHKEY', 'secretkey', 'SharedAccessKey', 'Ocp-Apim-Subscription-Key',
  'keystore_pin', 'preSharedKey', 'password2', 'wifiPassphrase', 'ssh_private_key',
];
const unnamed = [
  'PASSWORD_FILE', 'token_ttl', 'bypass', 'gpio_pin', 'compass', 'csrf_token', 'public_key', 'sort_key', 'cookie_name', 'cookie_domain', 'session_cookie',
  'proxy_bypass', 'passive_mode', 'keyboard', 'monkey', 'partitionKey', 'pass_count', 'passport', 'secret_name', 'ssl_key',
];

test('names of credentials', () => {
  for (const name of named) assert.ok(namesCredential(name), name);
  for (const name of unnamed) assert.ok(!namesCredential(name), name);
});

const credentials: readonly (readonly [name: string, value: string])[] = [
  ['CONNECTION', 'Server=tcp:db.ward.lan,1433;Database=fhir;User ID=fhir;Password=Sanderling-8;Encrypt=True'],
  ['CONNECTION', 'host=db.ward.lan user=fhir password=Sanderling-8 sslmode=require'],
  ['STORE', 'DefaultEndpointsProtocol=https;AccountName=ward;AccountKey=c2FuZGVybGluZy1ydW5zLWF3YXk=;EndpointSuffix=core.windows.net'],
  ['HUB', 'HostName=ward.azure-devices.net;DeviceId=pump;SharedAccessKey=c2FuZGVybGluZw=='],
  ['CONFIG', '{"db": {"password": "Sanderling-8"}}'],
  ['Authorization', `Basic ${'d2FyZDpzYW5kZXJsaW5n'}`],
  ['Authorization', 'Bearer Zm9vYmFy.4f'],
  ['proxy', 'Basic d2FyZDpzYW5kZXJsaW5n'],
  ['url', 'https://pager.ward.lan/send?apikey=Sanderling8&to=7'],
  ['url', 'https://pager.ward.lan/send?to=7&access_token=Sanderling8'],
  ['url', 'https://ward.blob.core.windows.net/images?sv=2024&sig=aBcD3fGh1jKlMn0pQrStUvWxYz%3D'],
  ['url', 'jdbc:postgresql://db.ward.lan/fhir?user=fhir&password=Sanderling8'],
  ['url', 'mqtt://pump:Sanderling8@broker.ward.lan'],
  ['session', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ3YXJkIn0.c2lnbmF0dXJl'],
];
const others: readonly (readonly [name: string, value: string])[] = [
  ['CONNECTION', 'Server=tcp:db.ward.lan,1433;Database=fhir;User ID=fhir;Password=${DB_PASSWORD};Encrypt=True'],
  ['CONNECTION', 'Server=db.ward.lan;Database=fhir;Integrated Security=True'],
  ['CONNECTION', 'host=db.ward.lan user=fhir passfile=/run/secrets/pgpass'],
  ['CONFIG', '{"db": {"passwordFile": "/run/secrets/db"}, "password": "${DB_PASSWORD}"}'],
  ['CONFIG', '{ this is no JSON password: here'],
  ['Authorization', 'Bearer ${TOKEN}'], ['Authorization', 'Bearer {{ token }}'], ['Authorization', 'Bearer $TOKEN'],
  ['realm', 'Basic authentication'], ['text', 'Bearer of bad news'], ['scheme', 'Basic'],
  ['url', 'https://pager.ward.lan/send?apikey={{ key }}&to=7'], ['url', 'https://pager.ward.lan/send?key=room7'], ['url', 'https://a.ward.lan/?token_type=jwt'],
  ['url', 'https://a.ward.lan/?code=200'], ['url', 'mqtt://broker.ward.lan'], ['url', 'mqtt://pump:${PW}@broker.ward.lan'],
  ['query', 'a=b;c=d'],
];

test('values that are credentials', () => {
  for (const [name, value] of credentials) assert.ok(isCredential(name, value), `${name}: ${value}`);
  for (const [name, value] of others) assert.ok(!isCredential(name, value), `${name}: ${value}`);
});

test('base64', () => {
  assert.equal(decodeBase64('c2FuZGVybGluZw=='), 'sanderling');
  assert.equal(decodeBase64('c2Fu\n ZGVybGluZw'), 'sanderling');
  assert.equal(decodeBase64('sander-ling'), undefined);
  assert.equal(decodeBase64('c2Fu=ZGVy'), undefined);
  assert.equal(decodeBase64(''), '');
});
