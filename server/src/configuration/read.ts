import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';
import { exceptionFields, judgeException } from '#engine/exceptions.js';
import { policyFields, type PolicyName } from '#engine/policy.js';
import { severities, type Severity } from '#engine/rule.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { tooDeep } from '#notations/yaml-reader.js';
import { registry } from '#registry/registry.generated.js';
import { configurationFile, policyNames, problemOfPolicy, unconfigured, type Configuration, type Problem, type RecordedException } from './configuration.js';
import { fromRoot, problemOfGlob } from './globs.js';
import { didYouMean } from './nearest.js';

/** The keys a configuration file may have. */
export const configurationKeys = ['policy', 'rules', 'exclude', 'files', 'exceptions', 'scope'] as const;

/** What a configuration file says, as far as it could be read, and what is wrong with it. */
export interface Reading {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
}

/** Longer files are not configuration. In UTF-16 units. */
export const longest = 1_048_576;

/**
 * Reads a `.hipaa-lint.yaml`. Never throws: what cannot be read is a problem at its place, and the rest holds. A host
 * that has a configuration without problems should keep it until the file is mended.
 */
export function readConfiguration(text: string, origin: string = configurationFile): Reading {
  if (text.length > longest)
    return { configuration: unconfigured, problems: [{ span: { start: 0, end: 0 }, message: 'The configuration is longer than 1 MiB; it is not read' }] };
  const unread = { configuration: unconfigured, problems: [{ span: { start: 0, end: text.length }, message: 'The configuration cannot be read; write it as plain, flat YAML' }] };
  // Not left to the stack to find out: where that ends while a pattern is being compiled, the whole process ends.
  if (tooDeep(text)) return unread;
  try {
    return new Reader(text, origin).read();
  } catch {
    return unread;
  }
}

class Reader {
  readonly #problems: Problem[] = [];
  readonly #text: string;
  readonly #origin: string;

  constructor(text: string, origin: string) {
    this.#text = text;
    this.#origin = origin;
  }

  read(): Reading {
    const document = parseDocument(this.#text, { prettyErrors: false, keepSourceTokens: false, strict: true, logLevel: 'silent', version: '1.2' });
    for (const { pos, message } of [...document.errors, ...document.warnings])
      this.#problem({ start: pos[0], end: pos[1] }, `This is not YAML: ${message.split('\n')[0]!.replace(/[.:]$/, '')}`);
    const root = document.contents as Node | null;
    let configuration = unconfigured;
    if (isMap(root)) configuration = this.#configuration(root);
    else if (root !== null && !(isScalar(root) && root.value === null))
      this.#problem(spanOf(root), `A configuration is written as \`key: value\` lines; the keys are ${configurationKeys.join(', ')}`);
    return { configuration, problems: this.#problems.sort((a, b) => a.span.start - b.span.start) };
  }

  #configuration(root: YAMLMap): Configuration {
    const found = new Map(this.#entries(root, configurationKeys, 'a key of this file').map(({ key, value }) => [key, value]));
    const get = (key: (typeof configurationKeys)[number]) => found.get(key);
    return {
      policy: this.#policy(get('policy')),
      rules: this.#rules(get('rules')),
      exclude: this.#globs(get('exclude'), 'exclude'),
      files: this.#files(get('files')),
      exceptions: this.#exceptions(get('exceptions')),
      scope: this.#scope(get('scope')),
    };
  }

  #policy(node: Node | undefined): Configuration['policy'] {
    const stated = new Map<PolicyName, { value: string | number; origin: string }>();
    for (const { key, value, span } of this.#entries(this.#map(node, 'policy', '`passwordLength: 15` lines'), policyNames, 'a policy field')) {
      const name = key as PolicyName;
      const word = this.#word(value);
      // A version such as 1.2 is a number to YAML and a word to the policy.
      const stands = 'options' in policyFields[name] ? word : isScalar(value) && typeof value.value === 'number' ? value.value : word;
      const problem = problemOfPolicy(name, stands ?? '');
      if (problem !== undefined || stands === undefined) this.#problem(value ? spanOf(value) : span, problem ?? `${name} has no value`);
      else stated.set(name, { value: stands, origin: this.#origin });
    }
    return stated;
  }

  #rules(node: Node | undefined): Configuration['rules'] {
    const stated = new Map<string, Severity | 'off'>();
    for (const { key, value, span } of this.#entries(this.#map(node, 'rules', '`rule: severity` lines'), [...registry.rules.keys()], 'a rule')) {
      const word = this.#word(value);
      if (word !== undefined && isSeverity(word)) stated.set(key, word);
      else
        this.#problem(
          value ? spanOf(value) : span,
          `The severity of a rule is off, ${severities.join(', ')}${word ? `; ${didYouMean(word, ['off', ...severities])}` : ''}`,
        );
    }
    return stated;
  }

  #files(node: Node | undefined): Configuration['files'] {
    const stated: [string, string][] = [];
    const formats = [...registry.formats.keys(), 'none'];
    for (const { key, value, span, keySpan } of this.#entries(this.#map(node, 'files', '`pattern: format` lines'))) {
      const word = this.#word(value);
      const problem = problemOfGlob(key);
      if (problem) this.#problem(keySpan, `Not a pattern: ${problem}`);
      else if (word === undefined || !formats.includes(word))
        this.#problem(
          value ? spanOf(value) : span,
          word ? `There is no format \`${word}\`; ${didYouMean(word, formats)}` : 'Name the format of these files, or none',
        );
      else stated.push([fromRoot(key), word]);
    }
    return stated;
  }

  #globs(node: Node | undefined, key: string): readonly string[] {
    if (!node || isNull(node)) return [];
    const items = isSeq(node) ? (node.items as Node[]) : [node];
    return items.flatMap((item) => {
      const glob = this.#word(item);
      if (glob === undefined) {
        this.#problem(spanOf(item), `${key} takes a pattern such as \`backup/**\`, or a list of them`);
        return [];
      }
      const problem = problemOfGlob(glob);
      if (problem) this.#problem(spanOf(item), `Not a pattern: ${problem}`);
      return problem ? [] : [fromRoot(glob)];
    });
  }

  #exceptions(node: Node | undefined): readonly RecordedException[] {
    if (!node || isNull(node)) return [];
    if (!isSeq(node)) {
      this.#problem(spanOf(node), 'exceptions is a list: begin each with `- rule: …`');
      return [];
    }
    return (node.items as Node[]).flatMap((item) => {
      if (!isMap(item)) {
        this.#problem(spanOf(item), `An exception is written as \`key: value\` lines; the keys are ${[...exceptionFields, 'files'].join(', ')}`);
        return [];
      }
      return [this.#exception(item)];
    });
  }

  #exception(item: YAMLMap): RecordedException {
    const before = this.#problems.length;
    const fields: Record<string, string> = table({});
    let files: readonly string[] = [];
    let named = false;
    for (const { key, value, span } of this.#entries(item, [...exceptionFields, 'files'], 'a field of an exception')) {
      if (key === 'files') {
        files = value ? this.#globs(value, 'files') : [];
        named = true;
        continue;
      }
      const word = this.#word(value);
      if (word === undefined) this.#problem(value ? spanOf(value) : span, `${key} takes text`);
      else fields[key] = word;
    }
    const span = this.#firstLine(spanOf(item));
    if (this.#problems.length === before) {
      const judged = judgeException(fields, span, registry.rules, '0000-00-00');
      const rule = fields['rule'];
      const unknown = rule !== undefined && !registry.rules.has(rule);
      if (judged.problem)
        this.#problem(span, `This exception hides nothing: ${judged.problem}${unknown ? `; ${didYouMean(rule, [...registry.rules.keys()])}` : ''}`);
      else if (!named || files.length === 0) this.#problem(span, 'This exception hides nothing: `files` is missing: say which files it covers, `**` for all');
    }
    const problem = this.#problems[before]?.message;
    return { fields, files, span, ...(problem !== undefined && { problem: problem.replace('This exception hides nothing: ', '') }) };
  }

  #scope(node: Node | undefined): Configuration['scope'] {
    if (!node || isNull(node)) return 'partial';
    const word = this.#word(node);
    if (word === 'complete' || word === 'partial') return word;
    this.#problem(spanOf(node), 'scope is complete or partial');
    return 'partial';
  }

  /** The entries of a map whose keys are words; a key that is not known is reported and left out. */
  #entries(map: YAMLMap | undefined, known?: readonly string[], what = ''): readonly Entry[] {
    return (map?.items ?? []).flatMap((pair: Pair) => {
      const key = this.#word(pair.key as Node);
      const keySpan = spanOf(pair.key as Node);
      if (key === undefined) {
        this.#problem(keySpan, 'A key is a word');
        return [];
      }
      if (known && !known.includes(key)) {
        this.#problem(keySpan, `\`${key}\` is not ${what}; ${didYouMean(key, known)}`);
        return [];
      }
      return [{ key, keySpan, span: keySpan, value: (pair.value as Node | null) ?? undefined }];
    });
  }

  #map(node: Node | undefined, key: string, shape: string): YAMLMap | undefined {
    if (!node || isNull(node)) return undefined;
    if (isMap(node)) return node;
    this.#problem(spanOf(node), `${key} takes ${shape}`);
    return undefined;
  }

  /** A scalar as the person wrote it: `2027-03-31`, `1.2` and `off` are words here. */
  #word(node: Node | undefined): string | undefined {
    if (isAlias(node)) return void this.#problem(spanOf(node), 'Anchors are not read here; write the value again');
    if (!isScalar(node) || node.value === null) return undefined;
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  }

  #firstLine({ start, end }: Span): Span {
    const stop = this.#text.indexOf('\n', start);
    return { start, end: stop < 0 ? end : Math.min(end, stop) };
  }

  #problem({ start, end }: Span, message: string): void {
    this.#problems.push({ span: { start, end: Math.max(start, end) }, message });
  }
}

interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly value: Node | undefined;
}

function spanOf(node: Node): Span {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end };
}

const isNull = (node: Node) => isScalar(node) && node.value === null;
const isSeverity = (word: string): word is Severity | 'off' => word === 'off' || (severities as readonly string[]).includes(word);
