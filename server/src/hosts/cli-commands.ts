import { table } from '#engine/table.js';
import { reportFormats } from '#reports/render.js';
import type { Command } from './cli-options.js';

const listing = { format: { value: 'FORMAT', oneOf: ['pretty', 'json'], meaning: 'pretty (default) or json' } } as const;

/** Every command with its options: what is parsed and what the help says. */
export const commands = table({
  scan: {
    summary: 'Reads configuration files and says where they fall short of the HIPAA Security Rule.',
    operands: { usage: 'PATH…', least: 0, most: Infinity, missing: '' },
    options: {
      format: { value: 'FORMAT', oneOf: reportFormats, meaning: `${reportFormats.join(', ')}; default pretty, or what the name of --output says` },
      output: { value: 'FILE', meaning: 'write the report to a file' },
      'fail-on': { value: 'LEVEL', oneOf: ['error', 'warning', 'info', 'never'], meaning: 'the least severity that makes the exit code 1; default error. With never, a PATH that holds nothing that is read is said, and fails nothing' },
      fix: { meaning: 'apply safe fixes' },
      review: { meaning: 'with --fix: also apply fixes a person must look at' },
      'dry-run': { meaning: 'show what --fix would change as a unified diff, and change nothing' },
      'list-unread': { meaning: 'list every file that was met and not read, with the reason' },
      'allow-unread': { meaning: 'take a PATH for good that holds no file of a known format' },
      roots: { value: 'GLOB', meaning: "make every folder that matches, such as '*/*', a workspace of its own" },
      stdin: { meaning: 'read one file from standard input' },
      'stdin-filename': { value: 'NAME', meaning: 'with --stdin: the path the file has or would have' },
      config: { value: 'FILE', meaning: 'read this configuration instead of .hipaa-lint.yaml at the root of the workspace' },
      policy: { value: 'NAME=VALUE', many: true, meaning: 'set a threshold, stronger than the configuration; may be given again' },
    },
    notes: [
      'The root of a workspace is the nearest folder above PATH with a .hipaa-lint.yaml, as far as the repository reaches; else PATH itself.',
      'Exit code: 0 nothing at or above --fail-on, 1 findings, 2 the command or the configuration is wrong, or a PATH holds nothing that is read.',
    ],
  },
  explain: {
    summary: 'Says what a rule asks for, why, and what to write instead.',
    operands: { usage: 'RULE', least: 1, most: 1, missing: 'Name a rule' },
    options: {},
  },
  rules: { summary: 'Lists every rule with its severity and the rows of the Security Rule it bears on.', options: listing },
  formats: { summary: 'Lists the products whose configuration is read, and the names of their files.', options: listing },
  init: { summary: 'Writes a .hipaa-lint.yaml with every threshold and its meaning into this folder. Never overwrites one.', options: {} },
  lsp: {
    summary: 'Speaks the Language Server Protocol, for any editor.',
    options: { stdio: { meaning: 'over standard input and output (the only way, and the default)' } },
  },
} as const satisfies Record<string, Command>);

export type CommandName = keyof typeof commands;

/** The help of the whole program. */
export function overview(version: string): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`);
  return [
    `HIPAA Lint ${version}`,
    '',
    'hipaa-lint COMMAND [options]',
    '',
    ...rows,
    '',
    '`hipaa-lint COMMAND --help` says more. --version prints the version.',
    '',
  ].join('\n');
}
