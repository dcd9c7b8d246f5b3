import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { run } from '#hosts/cli.js';

/** A folder of files that lives for one test. */
export interface Folder {
  readonly path: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Every file below, by its path, as bytes in Latin-1. */
  read(): Readonly<Record<string, string>>;
  remove(): void;
}

export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), 'hipaa-lint-cli-'));
  const write = (named: Readonly<Record<string, string | Uint8Array>>) => {
    for (const [name, content] of Object.entries(named)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
  };
  write(files);
  const below = (at: string): readonly string[] =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? below(join(at, entry.name)) : [join(at, entry.name)]));
  return {
    path,
    write,
    read: () =>
      Object.fromEntries(
        below(path)
          .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
          .map((file) => [relative(path, file).replaceAll('\\', '/'), readFileSync(file, 'latin1')])
          .sort(([a], [b]) => (a! < b! ? -1 : 1)),
      ),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** What one command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process, on a day that does not change. */
export async function hipaaLint(cwd: string, words: readonly string[], input: string | Buffer = ''): Promise<Ran> {
  let [out, error] = ['', ''];
  const code = await run(words, {
    cwd,
    now: new Date('2026-11-23T08:00:00.000Z'),
    version: '1.2.3',
    colour: false,
    pages: join(cwd, 'no-pages'),
    output: (text) => void (out += text),
    error: (text) => void (error += text),
    input: () => Promise.resolve(Buffer.from(input)),
    languageServer: () => Promise.resolve(),
  });
  return { code, out, error };
}
