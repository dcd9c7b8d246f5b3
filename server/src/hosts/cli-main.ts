/** The entry of `hipaa-lint`: the one place where the command line meets the process it runs in. */
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './cli.js';

/** Put in by the bundler. */
declare const HIPAA_LINT_VERSION: string | undefined;

const { stdin, stdout, stderr, argv, env } = process;
const here = dirname(realpathSync(argv[1] ?? '.'));
const version = typeof HIPAA_LINT_VERSION === 'string' ? HIPAA_LINT_VERSION : '0.0.0';

// Whoever reads may stop reading, as `head` does; that is no failure.
for (const stream of [stdout, stderr]) stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const colour = (stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb') || (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0');
let drawn = 0;
const progress = (done: number, total: number) => {
  const now = performance.now();
  if (done < total && now - drawn < 100) return;
  drawn = now;
  stderr.write(done < total ? `\r${done} of ${total} files` : '\r\u001b[K');
};

run(argv.slice(2), {
  cwd: process.cwd(),
  now: new Date(),
  version,
  colour,
  pages: join(here, '../docs/rules'),
  output: (text) => void stdout.write(text),
  error: (text) => void stderr.write(text),
  input: async () => {
    const parts: Buffer[] = [];
    for await (const part of stdin) parts.push(part as Buffer);
    return Buffer.concat(parts);
  },
  ...(stderr.isTTY && { progress }),
  // Loaded only when asked for, so that a scan does not wait for it. The name is not a literal: it stays a file of its own.
  languageServer: async () => {
    const entry = './server.cjs';
    await import(entry);
    // The server ends the process when its client says so.
    await new Promise<never>(() => undefined);
  },
}).then(
  (code) => {
    process.exitCode = code;
  },
  () => {
    process.exitCode = 2;
  },
);
