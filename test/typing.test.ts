/** A word that is half typed is not a fault yet: what the pages allow is typed key by key, and nothing new may be shown on the way. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notesOf } from '#assistance/notes.js';
import { restAfter, Settling } from '#assistance/settling.js';
import { analyse, type Analysis } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { LineIndex } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { pages } from './support/pages.js';

const only = process.env['HIPAA_LINT_ONLY'];
/** The milliseconds between two keys of a fast hand. */
const beat = 60;
/** Of each format as many examples as are no longer than this together, in characters, the shortest first. */
const most = only === undefined ? 400 : 20_000;

/** A text on a screen, written key by key. */
class Screen {
  readonly #settling = new Settling();
  #analysis: Analysis | undefined;
  now = 10_000;

  constructor(readonly format: string, readonly path: string, public text = '') {
    this.shown();
  }

  type(keys: string, at = this.text.length): void {
    for (const [i, key] of [...keys].entries()) this.replace(at + i, at + i, key);
  }

  replace(start: number, end: number, text: string): void {
    const lines = new LineIndex(this.text);
    this.now += beat;
    this.#settling.edited([{ start, end, text, line: lines.position(start).line, endLine: lines.position(end).line }], this.now);
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
  }

  rest(): void {
    this.now += restAfter;
  }

  /** What is shown now, by rule and line. */
  shown(): readonly string[] {
    const { format, path, text } = this;
    this.#analysis = analyse(format, registry.formats.get(format)!, path, text, undefined, this.#analysis);
    const lines = new LineIndex(text);
    const lineOf = (offset: number) => lines.position(offset).line;
    const { notes } = this.#settling.show(notesOf(lint(this.#analysis, registry)), lineOf, this.now);
    return notes.filter(({ severity }) => severity !== 'quiet').map(({ rule, span }) => `${rule} ${lineOf(span.start)}`);
  }
}

describe('typed key by key, what is allowed shows nothing new', () => {
  for (const name of registry.formats.keys()) {
    if (only !== undefined && name !== only) continue;
    test(name, () => {
      let left = most;
      for (const [where, path, text] of allowed(name)) {
        if ((left -= text.length) < 0 && left + text.length < most) break;
        const screen = new Screen(name, path);
        const before = new Set(screen.shown());
        for (const key of text) {
          screen.type(key);
          const fresh = screen.shown().filter((one) => !before.has(one));
          assert.deepEqual(fresh, [], `${where}: after ${JSON.stringify(screen.text.slice(-80))}`);
        }
      }
    });
  }
});

/** What the pages of a format allow and no rule objects to, shortest first: with its place, its name and its text. */
function allowed(name: string): readonly (readonly [where: string, path: string, text: string])[] {
  const format = registry.formats.get(name)!;
  const found = pages().filter((page) => page.format === name).flatMap(({ path, examples }) => examples.flatMap(({ heading, files, line }) =>
    (heading === 'Allowed' && files.length === 1 ? [[`${path}:${line}`, files[0]!.name ?? 'example', files[0]!.text] as const] : [])));
  return found.filter(([, path, text]) => text.length < 2000 && lint(analyse(name, format, path, text), registry).findings.length === 0)
    .sort(([, , a], [, , b]) => a.length - b.length);
}

describe('of what is written', { skip: only !== undefined }, () => {
  const sshd = (text: string) => new Screen('sshd', 'sshd_config', text);

  test('a fault is shown when the hand rests, and not before', () => {
    const screen = sshd('Port 22\n');
    const before = screen.shown();
    screen.type('PermitRootLogin yes');
    assert.deepEqual(screen.shown(), before);
    screen.now += restAfter - 1;
    assert.deepEqual(screen.shown(), before);
    screen.now += 1;
    assert.ok(screen.shown().includes('root-login 1'), screen.shown().join());
  });

  test('a fault is shown when the hand goes on elsewhere', () => {
    const screen = sshd('Port 22\n\n# a ward\n');
    screen.shown();
    screen.type('PermitRootLogin yes', 8);
    assert.ok(!screen.shown().includes('root-login 1'));
    screen.type('#', 0);
    assert.ok(screen.shown().includes('root-login 1'), screen.shown().join());
  });

  test('what was shown moves and vanishes at once', () => {
    const screen = sshd('Port 22\nPermitRootLogin yes\n');
    assert.ok(screen.shown().includes('root-login 1'));
    screen.type('\n', 0);
    assert.ok(screen.shown().includes('root-login 2'), screen.shown().join());
    screen.replace(screen.text.indexOf('yes'), screen.text.indexOf('yes') + 3, 'no');
    assert.ok(!screen.shown().some((one) => one.startsWith('root-login')), screen.shown().join());
  });

  test('what is wrong elsewhere stays while a line is written', () => {
    const screen = sshd('PermitRootLogin yes\nPermitEmptyPasswords yes\n');
    const before = screen.shown();
    screen.type('X11Forwarding y');
    assert.deepEqual(screen.shown(), before);
  });

  test('what is pasted in lines is shown at once', () => {
    const screen = sshd('Port 22\n');
    screen.shown();
    screen.replace(8, 8, 'X11Forwarding no\nPermitRootLogin yes\n');
    assert.ok(screen.shown().includes('root-login 2'), screen.shown().join());
  });
});
