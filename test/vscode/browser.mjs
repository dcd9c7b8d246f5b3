// @ts-check
/**
 * The extension as a person uses it: in the workbench, with keys and a mouse. Run by run.mjs.
 */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../../tools/vscode-server.mjs';
import expected from './expectations.cjs';
import { session } from './session.mjs';
import { waitUntil, Workbench } from './workbench.mjs';

const { finding, typed } = expected;

suite('in the window', () => {
  /** @type {Workbench} */
  let workbench;
  /** Whether the window is as it was when it opened: else the next test gets another. */
  let clean = false;

  setup(async function () {
    if (clean) return;
    this.timeout(90_000);
    const { browser, clinic, screenshots } = session();
    workbench = await Workbench.open(browser, clinic.url, screenshots);
  });
  teardown(async function () {
    if (!workbench) return; // none opened
    const { title, state } = this.currentTest ?? {};
    await workbench.screenshot(`${state}-${title}`);
    clean = state === 'passed' && await workbench.reset().then(() => true, () => false);
    if (!clean) await workbench.close();
  });
  suiteTeardown(async () => { if (clean) await workbench.close(); });

  const onDisk = () => readFile(join(session().clinic.folder, finding.file), 'utf8');

  /** Opens the example and waits until the finding it comes with is drawn. */
  const openExample = async () => {
    await workbench.openFile(finding.file);
    await waitUntil(`a squiggle on "${finding.line}"`, async () => ({ good: await workbench.squiggleOn(finding.line) !== undefined }));
  };

  test('an opened file has a squiggle where it is wrong', openExample);

  test('a finding appears while typing, unsaved, and vanishes when corrected', async () => {
    const before = await onDisk();
    await openExample();
    const squiggles = await workbench.squiggles().count();
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.press('Enter');
    await workbench.type(typed.bad);
    await workbench.waitForSquiggles(squiggles + 1);
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.screenshot('typed-unsaved');

    const keep = commonStart(typed.bad, typed.good);
    for (let index = keep; index < typed.bad.length; index++) await workbench.page.keyboard.press('Backspace');
    await workbench.type(typed.good.slice(keep));
    await workbench.waitForSquiggles(squiggles);
    assert.equal(await onDisk(), before, 'the file was saved');
  });

  /** Waits until the status bar says this of the file in front. @param {RegExp} wanted */
  const statusSays = (wanted) => waitUntil(`${wanted} in the status bar`, async () => {
    const now = await workbench.page.locator('.statusbar-item[id*="hipaaLint.status"]').innerText().catch(() => '');
    return { good: wanted.test(now), now };
  });

  test('the status bar tells findings, no known format and a clean file apart', async () => {
    await openExample();
    await statusSays(expected.status.findings);
    await workbench.screenshot('status-findings');
    await workbench.openFile('README.md');
    await statusSays(expected.status.unknown);
    await workbench.screenshot('status-unknown');
    await workbench.openFile('.hipaa-lint.yaml');
    await statusSays(expected.status.clean);
    await workbench.screenshot('status-clean');
  });

  test('the status bar says of a file that it is excluded, and no longer when it is not', async () => {
    const policy = join(session().clinic.folder, '.hipaa-lint.yaml');
    const before = await readFile(policy, 'utf8');
    await openExample();
    await writeFile(policy, `exclude:\n  - /${finding.file}\n${before}`);
    try {
      await statusSays(expected.status.excluded);
      await waitUntil('the end of the squiggles', async () => ({ good: await workbench.squiggles().count() === 0 }));
      await workbench.screenshot('status-excluded');
    } finally {
      await writeFile(policy, before);
    }
    await statusSays(expected.status.findings);
  });

  test('the status bar says that the folder is switched off, and no longer when it is not', async () => {
    const settings = join(session().clinic.folder, '.vscode', 'settings.json');
    await openExample();
    await mkdir(dirname(settings), { recursive: true });
    await writeFile(settings, JSON.stringify({ 'hipaaLint.enable': false }));
    try {
      await statusSays(expected.status.off);
      await workbench.screenshot('status-off');
    } finally {
      await rm(dirname(settings), { recursive: true });
    }
    await statusSays(expected.status.findings);
  });

  test('the status bar says that a file is not read', async () => {
    const { file, text, times } = expected.unread;
    const path = join(session().clinic.folder, file);
    await writeFile(path, text.repeat(times));
    try {
      await workbench.openLargeFile(file);
      await statusSays(expected.status.unread);
      await workbench.screenshot('status-not-read');
    } finally {
      await rm(path);
    }
  });

  test('Fix all says in words that a file has nothing to fix', async () => {
    await workbench.openFile('.hipaa-lint.yaml');
    await statusSays(expected.status.clean);
    await workbench.command(expected.commands.fixAll.title);
    await workbench.notification(expected.nothingToFix).waitFor();
    await workbench.screenshot('nothing-to-fix');
    await workbench.command('Notifications: Clear All Notifications');
  });

  test('hovering tells the safeguard', async () => {
    await openExample();
    const text = await workbench.hover(finding.line);
    assert.match(text, finding.message);
    for (const pattern of finding.hover) assert.match(text, pattern);
  });

  test('the Problems panel has a row', async () => {
    await openExample();
    const row = await workbench.problem(finding.message);
    assert.match(row, new RegExp(`${expected.source}.*Ln \\d+, Col \\d+`));
    // The picture for the README: the text, the hover and the panel at once.
    await workbench.hover(finding.line);
    const path = await workbench.screenshot('editor');
    if (session().keepImage) {
      const image = join(REPOSITORY, 'docs', 'images', 'editor.png');
      await mkdir(dirname(image), { recursive: true });
      await copyFile(path, image);
    }
  });

  test('Ctrl+. offers the fix, which changes the text and clears the finding', async () => {
    await openExample();
    const lines = (await onDisk()).split('\n');
    const squiggles = await workbench.squiggles().count();
    const line = lines.findIndex((text) => text.trim() === finding.line) + 1;
    await workbench.focusEditor();
    await workbench.goToLine(line);
    await workbench.page.keyboard.press('End');
    await workbench.quickFix(finding.fix);
    await waitUntil('the changed line', async () => {
      const now = (await workbench.editorText()).split('\n')[line - 1] ?? '';
      return { good: finding.fixed.test(now.trim()), now };
    });
    await workbench.waitForSquiggles(squiggles - 1);
    assert.equal(await onDisk(), lines.join('\n'), 'the fix was saved without being asked to');
  });

  test('the compliance report opens and repeats what the editor says', async () => {
    await openExample();
    const row = await workbench.problem(finding.message);
    await workbench.command(expected.commands.report.title);
    const body = workbench.webview().locator('body');
    await waitUntil('the report\'s text', async () => {
      const now = await body.innerText().catch(() => '');
      return { good: expected.report.text.every((pattern) => pattern.test(now)), now: now.slice(0, 500) };
    });
    const text = (await body.innerText()).replace(/\s+/g, ' ');
    for (const pattern of expected.report.never) assert.doesNotMatch(text, pattern);
    const message = row.slice(0, row.indexOf(expected.source)).trim();
    assert.ok(message.length > 0 && text.includes(message), `"${message}" is not in the report: ${text.slice(0, 1000)}`);
    await workbench.screenshot('report');
  });

  test('a report over text that was not saved says so', async () => {
    await openExample();
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.tab.active.dirty').waitFor();
    await workbench.command(expected.commands.report.title);
    const body = workbench.webview().locator('body');
    await waitUntil('what is said of the text', async () => ({ good: expected.report.unsaved.test(await body.innerText().catch(() => '')) }));
  });
});

suite('a long scan', () => {
  test('shows how far it is, and stops when told to', async function () {
    this.timeout(90_000);
    const { browser, bulk, screenshots } = session();
    const workbench = await Workbench.open(browser, bulk.url, screenshots);
    try {
      await workbench.command(expected.commands.scan.title);
      const toast = workbench.notification(expected.scan.progress);
      await toast.waitFor();
      const read = async () => {
        const [, done = '', total = ''] = expected.scan.progress.exec(await toast.innerText()) ?? [];
        return { done: number(done), total: number(total) };
      };
      const first = await read();
      const later = await waitUntil('the number of files done to grow', async () => {
        const value = await read();
        return { good: value.done > first.done, value };
      });
      await workbench.screenshot('scan-progress');
      assert.ok(later && later.total >= expected.scan.bulk && later.done < later.total, JSON.stringify({ first, later }));
      await toast.hover();
      await toast.getByRole('button', { name: 'Cancel' }).click();
      await workbench.announcement(expected.scan.cancelled).waitFor({ timeout: 5000 });
      await workbench.screenshot('scan-cancelled');
    } catch (error) {
      await workbench.screenshot('failed-scan');
      throw error;
    } finally {
      await workbench.close();
    }
  });
});

/** @param {string} text with separators of thousands */
const number = (text) => Number(text.replace(/[,.]/g, ''));

/** @param {string} one @param {string} other */
function commonStart(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
