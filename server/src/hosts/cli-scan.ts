import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { combine, configurationFile, unconfigured, type Configuration } from '#configuration/configuration.js';
import { readPolicyOption } from '#configuration/settings.js';
import { severities, type Severity } from '#engine/rule.js';
import type { Unread } from '#engine/unread.js';
import { table } from '#engine/table.js';
import { registry } from '#registry/registry.generated.js';
import { count, plain } from '#reports/plain.js';
import { render, type ReportFormat } from '#reports/render.js';
import { reportOf, tally, type Failure, type FileReport, type Report, type Root } from '#reports/report.js';
import { configurationOf, settingsOf } from './cli-configuration.js';
import { unifiedDiff } from './cli-diff.js';
import { fix, replace, write } from './cli-fix.js';
import { UsageError, type Arguments } from './cli-options.js';
import { rootOf, scanRoots, slashed, type ScanRoot, type ScanRoots } from './cli-roots.js';
import { reportOfFile, scanFiles } from './cli-scan-files.js';
import type { Console } from './cli.js';
import { filesOnDisk } from './workspace-disk.js';
import { decode, unread } from './workspace-files.js';
import { Workspace } from './workspace.js';

/** What `hipaa-lint scan` was asked to do. */
interface Request {
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly failOn: Severity | 'never';
  readonly fix: 'nothing' | 'safe' | 'review';
  readonly dryRun: boolean;
  /** Whether files that were not read are listed, and whether a path may hold nothing else. */
  readonly listUnread: boolean;
  readonly allowUnread: boolean;
  readonly config: string | undefined;
  readonly overrides: Configuration;
}

/** Runs `hipaa-lint scan`. @returns the exit code */
export async function scan(given: Arguments, console: Console): Promise<number> {
  const request = requestOf(given, console.cwd);
  if (given.flag('stdin')) return scanInput(given, request, console);
  if (given.value('stdin-filename') !== undefined) throw new UsageError('--stdin-filename goes with --stdin');
  if (given.operands.length === 0) throw new UsageError('Name what to scan: `hipaa-lint scan .` reads this folder');
  const { base, roots, places } = scanRoots(console.cwd, given.operands, given.value('roots'));
  const day = console.now.toISOString();
  const failures: Failure[] = [];
  const workspaces: Root[] = [];
  const files: FileReport[] = [];
  const passedOver: Unread[] = [];
  for (const root of roots) {
    const name = slashed(relative(base, root.folder)) || '.';
    const { configuration, problems, file } = configurationOf(root.folder, request.config, request.overrides);
    workspaces.push({ name, configuration, problems, ...(file && { file: { path: pathFrom(base, file.place), text: file.text } }) });
    const settings = settingsOf(configuration, day.slice(0, 10));
    const options = {
      root: name,
      settings,
      wanted: root.wanted,
      keepFixable: request.fix !== 'nothing',
      ...(console.progress && { progress: console.progress }),
    };
    let scanned = await scanFiles(filesOnDisk(root.folder), options);
    // What a mistaken configuration decides is not known, so nothing is changed by it.
    if (problems.length === 0 && fixFiles(root, name, scanned, request, console, failures)) scanned = await scanFiles(filesOnDisk(root.folder), options);
    files.push(...scanned.files);
    passedOver.push(...scanned.unread);
  }
  const report = reportOf({ version: console.version, time: day, roots: workspaces, files, unread: passedOver });
  const whole = { ...report, failures: [...report.failures, ...failures] };
  const code = deliver(whole, request, console, slashed(relative(console.cwd, base)), request.dryRun);
  const problems = request.allowUnread ? [] : unreadPlaces(base, places, report);
  for (const problem of problems) console.error(`${problem}\n`);
  return problems.length > 0 && request.failOn !== 'never' ? 2 : code;
}

/** What is wrong with paths that hold no file that was read, as sentences: such a path is not clean, but a mistake. */
function unreadPlaces(base: string, places: ScanRoots['places'], report: Report): readonly string[] {
  // Every place that holds a file that was read: the file itself, and the folders around it.
  const holding = new Set<string>();
  for (const { path, status } of report.inputs) {
    for (let place = join(base, path); status === 'read' && !holding.has(place); place = dirname(place)) holding.add(place);
  }
  const why = new Map(report.unread.files.map(({ path, because }) => [join(base, path), because]));
  return places.flatMap(({ given, place }) => {
    if (basename(place) === configurationFile || holding.has(place)) return [];
    const because = why.get(place);
    const found = because === undefined ? 'holds no file of a known format' : `was not read: ${because}`;
    return [`\`${plain(given)}\` ${found}. \`hipaa-lint formats\` lists what is read, --allow-unread lets it pass`];
  });
}

/** Lints standard input as if it were the file it names; with `--fix`, standard output is the fixed text. */
async function scanInput(given: Arguments, request: Request, console: Console): Promise<number> {
  const name = given.value('stdin-filename');
  if (name === undefined) throw new UsageError('--stdin needs --stdin-filename NAME, because the name says what the text is');
  if (given.operands.length > 0 || given.value('roots') !== undefined) throw new UsageError('--stdin reads one text; leave PATH and --roots out');
  const content = decode(await console.input());
  if (typeof content === 'string') throw new UsageError(`Standard input is ${content}; it must be text`);
  const place = resolve(console.cwd, name);
  const folder = nearestFolder(place);
  const { configuration, problems, file } = configurationOf(folder, request.config, request.overrides);
  const settings = settingsOf(configuration, console.now.toISOString().slice(0, 10));
  const path = slashed(relative(folder, place));
  const shown = pathFrom(console.cwd, place);
  const workspace = new Workspace(registry, filesOnDisk(folder), settings);
  await workspace.scan({ lint: false });
  const lint = (text: string) => {
    workspace.edit(path, text);
    return workspace.lint(path);
  };
  let linted = settings.isExcluded(path) ? undefined : lint(content.text);
  const failures: Failure[] = [];
  let text = content.text;
  if (linted && request.fix !== 'nothing' && problems.length === 0) {
    const fixed = fix(text, linted.outcome, request.fix === 'review', (changed) => lint(changed)?.outcome);
    if (typeof fixed === 'string') failures.push({ path: shown, message: `The file stays as it is: ${fixed}` });
    else text = fixed.text;
    if (!request.dryRun || typeof fixed === 'string') linted = lint(text);
  }
  const root: Root = { name: '.', configuration, problems, ...(file && { file: { path: pathFrom(console.cwd, file.place), text: file.text } }) };
  const files = linted ? [reportOfFile('.', shown, linted, content.encoding)] : [];
  const passed = linted ? undefined : unread(shown, settings.isExcluded(path) ? 'left out' : 'unknown');
  const report = reportOf({ version: console.version, time: console.now.toISOString(), roots: [root], files, unread: passed ? [passed] : [] });
  const changes = request.fix !== 'nothing';
  if (changes) console.output(request.dryRun ? unifiedDiff(shown, content.text, text) : text);
  const code = deliver({ ...report, failures: [...report.failures, ...failures] }, request, console, '', changes);
  if (!passed) return code;
  console.error(`\`${plain(name)}\` was not read: ${passed.because}. \`hipaa-lint formats\` lists what is read\n`);
  // Editors send whatever is open, and what the configuration leaves out was left out on purpose.
  return request.allowUnread || request.failOn === 'never' || passed.reason === 'excluded' ? code : 2;
}

/** Fixes the files of one workspace, or shows how. @returns whether anything on the disk changed */
function fixFiles(
  root: ScanRoot,
  name: string,
  { fixable, workspace }: Awaited<ReturnType<typeof scanFiles>>,
  request: Request,
  console: Console,
  failures: Failure[],
): boolean {
  let [changed, gone] = [0, 0];
  for (const {
    linted: { path, text, outcome },
    encoding,
  } of [...fixable].sort((a, b) => (a.linted.path < b.linted.path ? -1 : 1))) {
    const shown = name === '.' ? path : `${name}/${path}`;
    const fixed = fix(text, outcome, request.fix === 'review', (now) => {
      workspace.edit(path, now);
      return workspace.lint(path)?.outcome;
    });
    workspace.close(path);
    const problem =
      typeof fixed === 'string' ? fixed : fixed.text === text || request.dryRun ? undefined : write(join(root.folder, path), text, fixed.text, encoding);
    if (problem !== undefined) failures.push({ path: shown, message: `The file stays as it is: ${problem}` });
    else if (typeof fixed !== 'string' && fixed.text !== text) {
      [changed, gone] = [changed + 1, gone + fixed.applied];
      if (request.dryRun) console.output(unifiedDiff(shown, text, fixed.text));
    }
  }
  if (changed > 0) console.error(`${request.dryRun ? 'Would fix' : 'Fixed'} ${count(gone, 'finding')} in ${count(changed, 'file')}\n`);
  return changed > 0 && !request.dryRun;
}

/** Writes the report where it belongs, and says by the exit code what it holds. `taken`: standard output holds something else. */
function deliver(report: Report, { format, output, failOn, listUnread }: Request, console: Console, prefix: string, taken: boolean): number {
  const terminal = { colour: console.colour && output === undefined, prefix: prefix === '' ? '' : `${prefix}/`, listUnread };
  const text = render(report, format, terminal);
  const { error, warning, info } = tally(report.findings);
  const summary = `${count(error, 'error')}, ${count(warning, 'warning')}, ${count(info, 'note')}`;
  if (output !== undefined) {
    try {
      replace(resolve(console.cwd, output), text);
    } catch (error) {
      throw new UsageError(
        `The report cannot be written to \`${output}\` (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); name a file in a folder that exists and may be written`,
      );
    }
    console.error(`${summary}; the report is in ${output}\n`);
  } else if (!taken) console.output(text);
  else console.error(`${summary}\n`);
  if (report.failures.length > 0) {
    if (output !== undefined || taken || format !== 'pretty')
      for (const { path, line, message } of report.failures) console.error(`${path}${line === undefined ? '' : `:${line}`} ${message}\n`);
    return 2;
  }
  const counted = failOn === 'never' ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
  return report.findings.some(({ severity, exception }) => !exception && counted.includes(severity)) ? 1 : 0;
}

function requestOf(given: Arguments, cwd: string): Request {
  const output = given.value('output');
  const dryRun = given.flag('dry-run');
  if (given.flag('review') && !given.flag('fix') && !dryRun) throw new UsageError('--review goes with --fix or --dry-run');
  const config = given.value('config');
  const overrides = given.values('policy').map((option) => {
    const read = readPolicyOption(option);
    if (typeof read === 'string') throw new UsageError(`--policy: ${read}`);
    return read;
  });
  return {
    format: (given.value('format') as ReportFormat | undefined) ?? formatOfName(output),
    output,
    failOn: (given.value('fail-on') as Severity | 'never' | undefined) ?? 'error',
    fix: !given.flag('fix') && !dryRun ? 'nothing' : given.flag('review') ? 'review' : 'safe',
    dryRun,
    listUnread: given.flag('list-unread'),
    allowUnread: given.flag('allow-unread'),
    config: config === undefined ? undefined : resolve(cwd, config),
    overrides: overrides.reduce<Configuration>((all, one) => combine(one, all), unconfigured),
  };
}

function formatOfName(output: string | undefined): ReportFormat {
  const ending = /\.([a-z]+)$/i.exec(output ?? '')?.[1]?.toLowerCase() ?? '';
  return table<Readonly<Record<string, ReportFormat>>>({ json: 'json', sarif: 'sarif', html: 'html', htm: 'html', md: 'markdown' })[ending] ?? 'pretty';
}

/** A path from a folder, where it lies in it; else as it is on this machine. */
function pathFrom(base: string, place: string): string {
  const way = relative(base, place);
  return slashed(way.startsWith('..') || isAbsolute(way) ? place : way);
}

/** The workspace of a file that need not exist. */
function nearestFolder(place: string): string {
  for (let folder = resolve(place, '..'); ; folder = resolve(folder, '..')) {
    try {
      return rootOf(folder);
    } catch {
      if (resolve(folder, '..') === folder) return folder;
    }
  }
}
