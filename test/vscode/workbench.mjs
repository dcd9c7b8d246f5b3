// @ts-check
/**
 * VS Code's window as a person meets it: keys, the mouse and what can be read. The selectors of the workbench are here
 * and nowhere else.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const SQUIGGLES = '.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning, .monaco-editor .squiggly-info';

export class Workbench {
  /** @param {import('playwright-core').Page} page @param {string} screenshots */
  constructor(page, screenshots) {
    this.page = page;
    this.screenshots = screenshots;
  }

  /**
   * @param {import('playwright-core').Browser} browser
   * @param {string} url
   * @param {string} screenshots a folder
   */
  static async open(browser, url, screenshots) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(url);
    await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
    return new Workbench(page, screenshots);
  }

  async close() {
    await this.page.context().close();
  }

  /** @param {string} name */
  async screenshot(name) {
    await mkdir(this.screenshots, { recursive: true });
    const path = join(this.screenshots, `${name.replace(/[^\w.-]+/g, '-')}.png`);
    // A hover that fades in is to be shown as it will be.
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Through the command palette. @param {string} title */
  async command(title) {
    await this.#pick('F1', `>${title}`, title);
  }

  /** @param {string} name */
  async openFile(name) {
    await this.#pick('Control+KeyP', name, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /** Opens a file that VS Code shows only when told to, because of its size. @param {string} name */
  async openLargeFile(name) {
    await this.#pick('Control+KeyP', name, name);
    await this.page.getByText('Open Anyway').click();
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
  }

  /** @param {string} keys @param {string} text @param {string} label */
  async #pick(keys, text, label) {
    const input = this.page.locator('.quick-input-widget:visible input[type="text"]').first();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(keys);
      try {
        // The list closes when something else takes the focus, as an editor does that is just opening.
        await input.fill(text, { timeout: 3000 });
        // Filtering is asynchronous: Enter takes the focused row, which must first be the right one.
        await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).first().waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Leaves every open file as it is on the disk. */
  async reset() {
    await this.page.keyboard.press('Escape');
    const tabs = this.page.locator('.tab');
    for (let count = await tabs.count(); count > 0; count--) {
      await this.command('View: Revert and Close Editor');
      await waitUntil('a tab to close', async () => ({ good: await tabs.count() < count }), 5000);
    }
  }

  async focusEditor() {
    await this.page.locator('.editor-instance .view-lines').first().click();
  }

  /** Puts the cursor on a line, counted from 1. @param {number} line */
  async goToLine(line) {
    await this.page.keyboard.press('Control+KeyG');
    await this.page.locator('.quick-input-widget:visible input[type="text"]').first().fill(`:${line}`);
    await this.page.locator('.quick-input-list .monaco-list-row.focused').first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Types as fast as a quick typist, and closes the list of suggestions. @param {string} text */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 15 });
    await this.page.keyboard.press('Escape');
  }

  /** The text in the editor, as drawn: blanks are hard ones there. */
  async editorText() {
    const lines = await this.page.locator('.editor-instance .view-lines .view-line').evaluateAll((nodes) => nodes
      .map((node) => ({ top: node.getBoundingClientRect().top, text: node.textContent ?? '' }))
      .sort((one, other) => one.top - other.top)
      .map(({ text }) => text));
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  squiggles() {
    return this.page.locator(SQUIGGLES);
  }

  /** @param {number} count */
  async waitForSquiggles(count) {
    await waitUntil(`${count} squiggles`, async () => {
      const now = await this.squiggles().count();
      return { good: now === count, now: `${now} squiggles` };
    });
  }

  /** The squiggle on a drawn line of text. @param {string} line */
  async squiggleOn(line) {
    const row = this.page.locator('.editor-instance .view-line').filter({ hasText: new RegExp(`^\\s*${escape(line).replaceAll(' ', '\\s')}\\s*$`) }).first();
    if (await row.count() === 0) return undefined;
    const place = await row.boundingBox();
    if (!place) return undefined;
    for (const squiggle of await this.squiggles().all()) {
      const box = await squiggle.boundingBox();
      if (box && Math.abs(box.y - place.y) < place.height / 2) return box;
    }
    return undefined;
  }

  /** @param {string} line @returns {Promise<string>} what hovering over the squiggle on that line shows */
  async hover(line) {
    const box = await waitUntil(`a squiggle on "${line}"`, async () => {
      const found = await this.squiggleOn(line);
      return { good: found !== undefined, value: found };
    });
    assert.ok(box);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
    const hover = this.page.locator('.monaco-hover:visible .hover-row');
    await hover.first().waitFor();
    // Parts of a hover arrive one by one.
    await this.page.locator('.monaco-hover:visible', { hasText: 'Loading' }).waitFor({ state: 'detached' });
    return (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
  }

  /** Presses Ctrl+. where the cursor is, and takes the fix. @param {RegExp} title */
  async quickFix(title) {
    // Out of the way: a pointer that happens to lie over the list takes the choice from the keys.
    await this.page.mouse.move(640, 5);
    await this.page.keyboard.press('Control+Period');
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await rows.filter({ hasText: title }).first().waitFor();
    await this.screenshot('quick-fix-offered');
    // With keys: a shield that catches clicks outside the list lies over the list for a browser's mouse.
    const focused = this.page.locator('.action-widget .monaco-list-row.focused');
    for (let step = await rows.count(); step > 0 && !title.test(await focused.innerText()); step--) await this.page.keyboard.press('ArrowDown');
    assert.match(await focused.innerText(), title);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.action-widget').waitFor({ state: 'hidden' });
  }

  /** @param {RegExp} text @returns {Promise<string>} a row of the Problems panel */
  async problem(text) {
    await this.command('Problems: Focus on Problems View');
    const row = this.page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    return (await row.innerText()).replace(/\s+/g, ' ');
  }

  /** @returns {import('playwright-core').FrameLocator} the page a webview shows */
  webview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** What VS Code says somewhere, be it in a notification or in the status bar. @param {RegExp} text */
  announcement(text) {
    return this.page.locator('.notifications-toasts .notification-list-item, .statusbar-item', { hasText: text }).first();
  }

  /** @param {RegExp} text */
  notification(text) {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }
}

/** @param {string} text */
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Asks until the answer is good.
 * @template T
 * @param {string} what
 * @param {() => Promise<{ good: boolean, value?: T, now?: string }>} ask
 * @returns {Promise<T | undefined>}
 */
export async function waitUntil(what, ask, ms = 15_000) {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer.good) return answer.value;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain for ${what}${answer.now ? `; now ${answer.now}` : ''}`);
    await new Promise((done) => setTimeout(done, 40));
  }
}
