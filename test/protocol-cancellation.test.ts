/** Requests that are given up or overtaken while the server is busy: they cost nothing, and nobody is told of a text that is gone. */
import assert from 'node:assert/strict';
import { before, test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { LanguageClient, type Start } from './support/language-client.js';
import { talkingServer } from './support/talking-server.js';

let server = '';
before(async () => { server = await talkingServer(); });

async function started(t: TestContext, start: Start = {}): Promise<LanguageClient> {
  const client = await LanguageClient.start({ pull: true, ...start, server });
  t.after(() => client.stop());
  return client;
}

/** How long the lint of a slow document holds the server, in milliseconds; the edits and cancellations of these tests come meanwhile. */
const long = 500;
const meanwhile = 150;

const requestCancelled = -32800;
const serverCancelled = -32802;

const pullOf = (client: LanguageClient, uri: string) => client.cancellable('textDocument/diagnostic', { textDocument: { uri } });
const messages = ({ items }: { items: readonly { message: string }[] }) => items.map(({ message }) => message);
const codeOf = (answer: Promise<unknown>) => answer.then(() => 'answered', (error: { code?: number }) => error.code);

test('a pull that is cancelled while its document is linted ends as cancelled, and the next one is right', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/slow.note';
  client.open(uri, `slow ${long}\nbad\n`);
  const first = pullOf(client, uri);
  const code = codeOf(first.answer);
  await wait(meanwhile);
  first.cancel();
  client.edit(uri, { start: 0, end: client.text(uri).length, text: 'worse\n' });
  const next = pullOf(client, uri);
  assert.equal(await code, requestCancelled);
  assert.deepEqual(messages(await next.answer), ['This is worse']);
});

test('a pull that an edit overtakes never answers for the old text, even where nobody cancels it', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/slow.note';
  client.open(uri, `slow ${long}\nbad\n`);
  const first = pullOf(client, uri);
  const error = first.answer.then(() => undefined, (reason: unknown) => reason as { code: number; data?: unknown });
  await wait(meanwhile);
  client.edit(uri, { start: client.text(uri).length - 4, end: client.text(uri).length, text: 'worse\n' });
  const next = pullOf(client, uri);
  const given = await error;
  assert.deepEqual([given?.code, given?.data], [serverCancelled, { retriggerRequest: true }]);
  assert.deepEqual(messages(await next.answer).filter((message) => message.startsWith('This')), ['This is worse']);
});

test('pulls that wait behind a long lint and are cancelled are dropped without a lint of their own', async (t) => {
  const client = await started(t);
  const slow = (i: number) => `file:///tmp/slow-${i}.note`;
  for (const i of [0, 1, 2, 3, 4]) client.open(slow(i), `slow ${long}\n`);
  const first = pullOf(client, slow(0));
  await wait(meanwhile);
  const dropped = [1, 2, 3, 4].map((i) => pullOf(client, slow(i)));
  const hover = client.cancellable('textDocument/hover', { textDocument: { uri: slow(1) }, position: { line: 0, character: 0 } });
  const codes = [...dropped, hover].map(({ answer }) => codeOf(answer));
  for (const { cancel } of [...dropped, hover]) cancel();
  assert.deepEqual(messages(await first.answer), [`lint 1 of ${client.text(slow(0)).length} characters`]);
  assert.deepEqual(await Promise.all(codes), codes.map(() => requestCancelled));
  const again = await pullOf(client, slow(1)).answer;
  assert.deepEqual(messages(again), [`lint 1 of ${client.text(slow(1)).length} characters`], 'it was linted although nobody waited for it');
});

test('while somebody types in a long document, each text is linted once at most, and the last one is answered for', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/slow.note';
  client.open(uri, `slow ${long}\n`);
  await pullOf(client, uri).answer;
  const answers: Promise<unknown>[] = [];
  let last: ReturnType<typeof pullOf> | undefined;
  for (const letter of '# hospital') {
    last?.cancel();
    client.edit(uri, { start: client.text(uri).length, end: client.text(uri).length, text: letter });
    last = pullOf(client, uri);
    answers.push(codeOf(last.answer));
    await wait(20);
  }
  const [said] = messages(await last!.answer);
  const [, lints, length] = /^lint (\d+) of (\d+) characters$/.exec(said!)!;
  assert.equal(Number(length), client.text(uri).length);
  assert.ok(Number(lints) <= 4, `${lints} lints for ten keystrokes`);
  assert.deepEqual(new Set(await Promise.all(answers.slice(0, -1))), new Set([requestCancelled]));
});

test('a client that is told, not asked, is never told of a text with the version of another', async (t) => {
  const client = await started(t, { pull: false });
  const uri = 'file:///tmp/slow.note';
  client.open(uri, `slow ${long}\nbad\n`);
  await wait(meanwhile);
  client.edit(uri, { start: client.text(uri).length - 4, end: client.text(uri).length, text: 'worse\n' });
  const now = await client.publishedNow(uri);
  assert.deepEqual(now.map(({ message }) => message).filter((message) => message.startsWith('This')), ['This is worse']);
  for (const { params } of client.notifications.filter(({ method }) => method === 'textDocument/publishDiagnostics')) {
    const told = params.diagnostics.map(({ message }: { message: string }) => message).filter((message: string) => message.startsWith('This'));
    assert.deepEqual(told, [params.version === 1 ? 'This is bad' : 'This is worse']);
  }
});
