/** A workspace that followed any changes of its files says what one says that reads them afresh. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Registry } from '#engine/registry.js';
import { filesInMemory } from '#hosts/workspace-files.js';
import type { Linted } from '#hosts/workspace-linted.js';
import { Workspace } from '#hosts/workspace.js';
import { registry } from '#registry/registry.generated.js';
import { numbers } from './support/numbers.js';
import { pages } from './support/pages.js';
import { registry as talking } from './support/talking-registry.js';

/** What a file says, in full but for its fixes. */
function said({ format, outcome: { findings, unresolved, complied, failures } }: Linted): unknown {
  const found = findings.map(({ rule, span, message }) => ({ rule, span, message }));
  return { format, found, unresolved, complied: [...complied].sort(), failures };
}

async function afresh(of: Registry, disk: ReadonlyMap<string, string>, open: ReadonlyMap<string, string>) {
  const workspace = new Workspace(of, filesInMemory(disk));
  for (const [path, text] of open) workspace.edit(path, text);
  const found = new Map<string, unknown>();
  await workspace.scan({ lint: true, each: (linted) => found.set(linted.path, said(linted)) });
  return found;
}

/** A workspace and what its host shows of it: lints what changed and those it reached, and nothing else. */
class Followed {
  readonly disk: Map<string, string>;
  readonly open = new Map<string, string>();
  readonly shown = new Map<string, unknown>();
  readonly #workspace: Workspace;

  constructor(of: Registry, files: ReadonlyMap<string, string>) {
    this.disk = new Map(files);
    this.#workspace = new Workspace(of, filesInMemory(this.disk));
  }

  async scan(): Promise<void> {
    await this.#workspace.scan({ lint: true, each: (linted) => this.shown.set(linted.path, said(linted)) });
    this.#follow();
  }

  write(path: string, text: string | undefined): void {
    const isNew = !this.disk.has(path);
    if (text === undefined) this.disk.delete(path);
    else this.disk.set(path, text);
    this.#workspace.changedOnDisk(path, isNew);
    this.#lint(path);
    this.#follow();
  }

  edit(path: string, text: string): void {
    this.open.set(path, text);
    this.#workspace.edit(path, text);
    this.#lint(path);
    this.#follow();
  }

  close(path: string): void {
    if (!this.open.delete(path)) return;
    this.#workspace.close(path);
    this.#lint(path);
    this.#follow();
  }

  #lint(path: string): void {
    const linted = this.#workspace.lint(path);
    if (linted) this.shown.set(path, said(linted));
    else this.shown.delete(path);
  }

  #follow(): void {
    for (let affected = this.#workspace.takeAffected(); affected.size > 0; affected = this.#workspace.takeAffected()) {
      for (const path of affected) this.#lint(path);
    }
  }
}

async function followsAnything(of: Registry, seed: number, paths: readonly string[], textOf: (next: (below: number) => number) => string) {
  const next = numbers(seed);
  const any = () => paths[next(paths.length)]!;
  const followed = new Followed(of, new Map(Array.from({ length: 8 }, () => [any(), textOf(next)] as const)));
  await followed.scan();
  for (let step = 0; step < 25; step++) {
    const [path, other] = [any(), any()];
    switch (next(6)) {
      case 0: followed.write(path, undefined); break;
      case 1: followed.write(path, textOf(next)); break;
      case 2: {
        // A file gets another name.
        const text = followed.disk.get(path);
        followed.write(path, undefined);
        if (text !== undefined) followed.write(other, text);
        break;
      }
      case 3: followed.close(path); break;
      default: followed.edit(path, textOf(next));
    }
    const fresh = await afresh(of, followed.disk, followed.open);
    assert.deepEqual(new Map([...followed.shown].sort()), new Map([...fresh].sort()), `seed ${seed}, step ${step}`);
  }
}

test('files that ask in every way say the same after any changes as when they are read afresh', async () => {
  const paths = ['a', 'b', 'f/a', 'f/b', 'f/c', 'g/a'].map((name) => `${name}.note`);
  const lines = ['bad', 'tell ward one', 'tell ward two', 'ask ward', 'open f/a.note', 'match f/*.note', 'count f/*.note', 'count **/*.note', '#'];
  for (let seed = 1; seed <= 12; seed++) {
    await followsAnything(talking, seed, paths, (next) => Array.from({ length: next(4) }, () => `${lines[next(lines.length)]}\n`).join(''));
  }
});

test('files of formats that ask say the same after any changes as when they are read afresh', async () => {
  const asking = ['nginx', 'sshd', 'intune', 'orthanc', 'apple-profile', 'kubernetes', 'terraform', 'postgresql', 'pwquality', 'pam'];
  for (const [i, format] of asking.entries()) {
    const examples = pages().filter((page) => page.format === format).flatMap((page) => page.examples).filter(({ files }) => files.length > 1);
    const named = examples.flatMap(({ files }) => files.flatMap(({ name, text }) => (name === undefined ? [] : [{ name, text }])));
    const folder = new Map(named.slice(0, 12).map(({ name, text }) => [name, text]));
    const ending = /\.[^./]+$/.exec([...folder.keys()].at(-1) ?? '')?.[0] ?? '';
    const paths = [...folder.keys(), ...[...folder.keys()].slice(0, 3).map((name) => name.replace(/([^/.]+)(\.[^/]*)?$/, `$1-2${ending}`))];
    await followsAnything(registry, 100 + i, paths, (next) => named[next(named.length)]!.text);
  }
});
