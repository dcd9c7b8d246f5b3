// @ts-check
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const expected = require('../expectations.cjs');
const { findingOn, findings, revertAll, show, until } = require('./documents.cjs');

suite('a server that is killed', () => {
  teardown(revertAll);

  test('starts again, and its findings are back within two seconds', async function () {
    if (process.platform === 'win32') this.skip();
    const { document } = await show(expected.finding.file);
    await findingOn(document, expected.finding.line);
    const before = findings(document.uri).length;
    const server = own();
    assert.ok(server !== undefined, 'the server is not among the processes of this host');
    const since = Date.now();
    process.kill(server, 'SIGKILL');
    await until('another server', () => { const now = own(); return now !== undefined && now !== server; });
    await until('the findings again', () => findings(document.uri).length === before, 5000);
    assert.ok(Date.now() - since < 2000, `it took ${Date.now() - since} ms`);
  });
});

/** The process of the language server that this host started. */
function own() {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n').map((line) => line.trim().split(/\s+/));
  const found = processes.find(([, parent, ...words]) => Number(parent) === process.pid && words.some((word) => /[\\/]dist[\\/]server\.cjs$/.test(word)));
  return found && Number(found[0]);
}
