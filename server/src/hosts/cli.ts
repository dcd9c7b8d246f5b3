import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationFile } from '#configuration/configuration.js';
import { starterConfiguration } from '#configuration/starter.js';
import { didYouMean } from '#configuration/nearest.js';
import { securityRule } from '#safeguards/security-rule.js';
import { reasons, registry } from '#registry/registry.generated.js';
import { commands, overview, type CommandName } from './cli-commands.js';
import { helpOf, readArguments, UsageError, type Arguments, type Command } from './cli-options.js';
import { scan } from './cli-scan.js';

/** What the command line touches of the world, so that tests can be the world. */
export interface Console {
  readonly cwd: string;
  readonly now: Date;
  readonly version: string;
  /** Whether the one who reads the output sees colours. */
  readonly colour: boolean;
  /** The folder of the published pages of the rules. */
  readonly pages: string;
  output(text: string): void;
  error(text: string): void;
  /** All of standard input. */
  input(): Promise<Buffer>;
  progress?(done: number, total: number): void;
  /** Starts the language server; ends when it does. */
  languageServer(): Promise<void>;
}

/** Runs one command line. Never throws. @returns the exit code: 0 clean, 1 findings, 2 the command or the configuration is wrong */
export async function run(words: readonly string[], console: Console): Promise<number> {
  try {
    return await dispatch(words, console);
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n`);
    else console.error(`HIPAA Lint failed, which is a defect of it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 2;
  }
}

async function dispatch(words: readonly string[], console: Console): Promise<number> {
  const [first, ...rest] = words;
  const asked = first === 'help' ? rest[0] : undefined;
  if (first === '--version' || first === '-v') return say(console, `${console.version}\n`);
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && asked === undefined)) {
    if (first !== undefined) return say(console, overview(console.version));
    console.error(overview(console.version));
    return 2;
  }
  const name = asked ?? first;
  if (!Object.hasOwn(commands, name)) throw new UsageError(`There is no command \`${name}\`; ${didYouMean(name, Object.keys(commands))}`);
  const command: Command = commands[name as CommandName];
  const end = rest.indexOf('--');
  if (asked !== undefined || (end < 0 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h'))
    return say(console, helpOf(name, command));
  const given = readArguments(name, command, rest);
  switch (name as CommandName) {
    case 'scan':
      return scan(given, console);
    case 'explain':
      return explain(given.operands[0]!, console);
    case 'rules':
      return say(console, listRules(given));
    case 'formats':
      return say(console, listFormats(given));
    case 'init':
      return init(console);
    case 'lsp':
      return console.languageServer().then(() => 0);
  }
}

function say(console: Console, text: string): number {
  console.output(text);
  return 0;
}

function explain(id: string, console: Console): number {
  const rule = registry.rules.get(id);
  if (!rule) throw new UsageError(`There is no rule \`${id}\`; ${didYouMean(id, [...registry.rules.keys()])} (\`hipaa-lint rules\` lists them all)`);
  const page = join(console.pages, `${id}.md`);
  if (existsSync(page)) return say(console, readFileSync(page, 'utf8').replace(/^<!--[\s\S]*?-->\s*/, ''));
  const cited = rule.safeguards.map((citation) => `- 45 CFR ${citation} ${securityRule[citation].title} (${securityRule[citation].status})`);
  return say(console, [`# ${rule.title}`, '', `\`${id}\` · ${rule.severity} · ${rule.family}`, '', ...cited, '', reasons[id] ?? '', ''].join('\n'));
}

function listRules(given: Arguments): string {
  const rules = [...registry.rules].map(([id, { title, severity, family, safeguards }]) => ({
    id,
    title,
    severity,
    family,
    safeguards,
    why: reasons[id] ?? '',
  }));
  if (given.value('format') === 'json') return `${JSON.stringify(rules, null, 2)}\n`;
  return columns(rules.map(({ id, severity, title, safeguards }) => [id, severity, title, safeguards.join(', ')]));
}

function listFormats(given: Arguments): string {
  const formats = [...registry.formats].map(([name, { title, files }]) => ({
    name,
    title,
    files: files.flatMap((claim) => (typeof claim === 'string' ? [claim] : claim.named)),
    rules: registry.rulesFor(name).length,
  }));
  if (given.value('format') === 'json') return `${JSON.stringify(formats, null, 2)}\n`;
  return columns(formats.map(({ name, title, files }) => [name, title, files.join(' ')]));
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function init(console: Console): number {
  try {
    writeFileSync(join(console.cwd, configurationFile), starterConfiguration(), { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'EEXIST'
        ? `There is a ${configurationFile} here already; it stays as it is`
        : `${configurationFile} cannot be written here (${code ?? 'unknown'})`,
    );
  }
  return say(console, `Wrote ${configurationFile}. Everything in it is a comment: take the # away from what you decide.\n`);
}
