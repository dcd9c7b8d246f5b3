/**
 * HIPAA Lint as a library: text in, findings out. Nothing here reads a file, a clock or a network; the one who calls
 * decides which day it is and what surrounds a text.
 *
 * ```js
 * const { findings } = lintText('mosquitto.conf', text, { today: '2026-11-23' });
 * const repaired = applyFixes('mosquitto.conf', text, { review: false });
 * ```
 */
import { analyse } from '#engine/analysis.js';
import { lint, type Decisions } from '#engine/lint.js';
import { headLength, recogniser } from '#engine/recognise.js';
import type { Family, Severity } from '#engine/rule.js';
import { decisionsOf, exclusionOf, unconfigured } from '#configuration/configuration.js';
import { readConfiguration } from '#configuration/read.js';
import { fileReport, type ReportedFinding, type ReportedUnresolved } from '#reports/file-report.js';
import type { Citation } from '#safeguards/security-rule.js';
import { reasons, registry } from '#registry/registry.generated.js';
import { fix } from './cli-fix.js';

export type { ReportedFinding, ReportedUnresolved } from '#reports/file-report.js';

export interface LintOptions {
  /** The name of a format, where the path does not say it. */
  readonly format?: string;
  /** The text of a `.hipaa-lint.yaml`. What is wrong in it comes back as `problems`. */
  readonly configuration?: string;
  /** `YYYY-MM-DD`; without it no exception has expired. */
  readonly today?: string;
}

export interface LintResult {
  /** The format the text was read as; absent where no format claims it, or the configuration excludes it. */
  readonly format?: string;
  /** What is wrong, exceptions included: a finding with `exception` is covered by a recorded decision. */
  readonly findings: readonly ReportedFinding[];
  /** What the text alone does not give away. */
  readonly unresolved: readonly ReportedUnresolved[];
  /** What is wrong with the configuration or with a recorded exception, as sentences. */
  readonly problems: readonly string[];
}

/** Lints one text as the file at `path`, relative to the root of its workspace. Never throws. */
export function lintText(path: string, text: string, options: LintOptions = {}): LintResult {
  const { decisions, formatOf, problems } = prepared(options);
  const format = formatOf(path, text);
  const declared = format === undefined ? undefined : registry.formats.get(format);
  if (format === undefined || !declared) return { findings: [], unresolved: [], problems };
  const outcome = lint(analyse(format, declared, path, text), registry, decisions);
  const { findings, unresolved, exceptions, failures } = fileReport({ root: '.', path, format, text, size: text.length, outcome });
  return {
    format,
    findings,
    unresolved,
    problems: [...problems, ...exceptions.flatMap(({ problem }) => problem ?? []), ...failures.map(({ message }) => message)],
  };
}

/**
 * Applies the fixes of a text until none is left: safe ones, or also those a person must look at.
 * @returns the fixed text; the text itself where nothing can be fixed
 */
export function applyFixes(path: string, text: string, options: LintOptions & { readonly review?: boolean } = {}): string {
  const { decisions, formatOf } = prepared(options);
  const format = formatOf(path, text);
  const declared = format === undefined ? undefined : registry.formats.get(format);
  if (format === undefined || !declared) return text;
  const ask = (now: string) => lint(analyse(format, declared, path, now), registry, decisions);
  const fixed = fix(text, ask(text), options.review === true, ask);
  return typeof fixed === 'string' ? text : fixed.text;
}

export interface FormatInfo {
  readonly name: string;
  /** The product as it calls itself. */
  readonly title: string;
  /** The names of its files, as patterns. */
  readonly files: readonly string[];
}

/** Every format that is read. */
export function formats(): readonly FormatInfo[] {
  return [...registry.formats].map(([name, { title, files }]) => ({
    name,
    title,
    files: files.flatMap((claim) => (typeof claim === 'string' ? [claim] : claim.named)),
  }));
}

export interface RuleInfo {
  readonly id: string;
  /** The compliant state. */
  readonly title: string;
  readonly severity: Severity;
  readonly family: Family;
  readonly safeguards: readonly Citation[];
  readonly why: string;
}

/** Every rule. */
export function rules(): readonly RuleInfo[] {
  return [...registry.rules].map(([id, { title, severity, family, safeguards }]) => ({ id, title, severity, family, safeguards, why: reasons[id] ?? '' }));
}

function prepared({ format, configuration, today = '0000-00-00' }: LintOptions): {
  decisions: Decisions;
  formatOf(path: string, text: string): string | undefined;
  problems: readonly string[];
} {
  const read = configuration === undefined ? { configuration: unconfigured, problems: [] } : readConfiguration(configuration);
  const recognise = recogniser(registry.formats, read.configuration.files);
  const excluded = exclusionOf(read.configuration);
  return {
    decisions: decisionsOf(read.configuration, undefined, today),
    formatOf: (path, text) => (excluded(path) ? undefined : (format ?? recognise(path, () => text.slice(0, headLength)))),
    problems: read.problems.map(({ message }) => message),
  };
}
