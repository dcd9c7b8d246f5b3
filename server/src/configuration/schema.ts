import { exceptionKinds } from '#engine/exceptions.js';
import { policyFields, type PolicyField } from '#engine/policy.js';
import { severities } from '#engine/rule.js';
import { edition } from '#safeguards/security-rule.js';
import { reasons, registry } from '#registry/registry.generated.js';
import { policyNames } from './configuration.js';

type Json = Readonly<Record<string, unknown>>;

/** As much of JSON schema, draft 7, as describes a `.hipaa-lint.yaml`. */
export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly (string | number)[];
  /** One for each value of `enum`; an extension of editors. */
  readonly enumDescriptions?: readonly string[];
  readonly default?: string | number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly [other: string]: unknown;
}

const levels = ['off', ...severities];

/** The JSON schema of `.hipaa-lint.yaml`, from which editors complete and explain its keys. */
export function configurationSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'HIPAA Lint configuration',
    description: `Decisions of the organisation about ${edition}.`,
    type: 'object',
    additionalProperties: false,
    properties: {
      policy: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(policyNames.map((name) => [name, policySchema(policyFields[name], true)])),
        description: 'Thresholds. The Security Rule holds no numbers, so these are your policy; findings name the field that decided them.',
      },
      rules: {
        type: 'object',
        description: 'How much a rule matters: off, info, warning or error.',
        additionalProperties: false,
        properties: Object.fromEntries(
          [...registry.rules].map(([id, { title, severity }]) => [
            id,
            { enum: levels, default: severity, description: `${title}. ${reasons[id] ?? ''}`.trim() },
          ]),
        ),
      },
      exclude: {
        description: 'Files that are not read: patterns from the root of the workspace, as in .gitignore.',
        oneOf: [pattern, { type: 'array', items: pattern }],
      },
      files: {
        type: 'object',
        description: 'The format of files whose name does not say it; none leaves them alone.',
        additionalProperties: {
          enum: [...registry.formats.keys(), 'none'],
          enumDescriptions: [...[...registry.formats.values()].map(({ title }) => title), 'Not read'],
        },
      },
      exceptions: {
        type: 'array',
        description: 'Recorded decisions not to fix. A malformed or expired one hides nothing, and every report lists them all.',
        items: exceptionSchema(),
      },
      scope: {
        enum: ['complete', 'partial'],
        default: 'partial',
        description: 'Whether you declare that the workspace holds all configuration of the system; reports repeat it.',
      },
    },
  };
}

const pattern: Schema = { type: 'string', minLength: 1, maxLength: 256 };

function exceptionSchema(): Schema {
  const text = (description: string) => ({ type: 'string', minLength: 1, description });
  return {
    type: 'object',
    additionalProperties: false,
    required: ['rule', 'files', 'kind', 'because', 'by'],
    properties: {
      rule: {
        enum: [...registry.rules.keys()],
        enumDescriptions: [...registry.rules.values()].map(({ title }) => title),
        description: 'The rule whose findings are left.',
      },
      files: { description: 'The files it covers: patterns from the root, ** for all.', oneOf: [pattern, { type: 'array', items: pattern, minItems: 1 }] },
      kind: { enum: exceptionKinds, description: 'alternative-measure is the answer 164.306(d)(3) allows for addressable rows, and needs measure.' },
      because: text('Why, in the words of the one who decided.'),
      by: text('Who decided.'),
      until: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The last day it holds, YYYY-MM-DD. Only a false positive may go without.' },
      measure: text('What protects the data instead; required of an alternative measure.'),
      ticket: text('Where the decision is filed.'),
    },
    allOf: [
      { if: { properties: { kind: { const: 'alternative-measure' } }, required: ['kind'] }, then: { required: ['measure', 'until'] } },
      { if: { properties: { kind: { const: 'accepted-risk' } }, required: ['kind'] }, then: { required: ['until'] } },
    ],
  };
}

/** The schema of one threshold. A YAML reader takes `1.2` for a number, so there it is allowed as one. */
function policySchema(field: PolicyField, yaml: boolean): Schema {
  const description = `${field.meaning}${field.options ? '' : ` In ${field.unit}.`} Source: ${field.source}`;
  const { minimum, maximum } = field;
  if (!field.options)
    return { type: 'integer', default: field.default, ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }), description };
  const numbers = yaml ? field.options.map(Number).filter((value) => !Number.isNaN(value)) : [];
  return { enum: [...field.options, ...numbers], default: field.default, description };
}

/**
 * The settings of VS Code that mirror the file, as `contributes.configuration` wants them. The manifest names no rule
 * and no format, so that it changes only with the policy; {@link settingsSchema} completes those.
 */
export function editorSettings(): Json {
  const policy = policyNames.map((name, order) => {
    const field: PolicyField = policyFields[name];
    return [`hipaaLint.policy.${name}`, { ...(field.options && { type: 'string' }), ...policySchema(field, false), scope: 'resource', order: order + 10 }];
  });
  return {
    title: 'HIPAA Lint',
    properties: {
      'hipaaLint.enable': { type: 'boolean', default: true, scope: 'resource', order: 1, description: 'Look at configuration files while they are written.' },
      'hipaaLint.rules': {
        type: 'object',
        default: {},
        additionalProperties: { type: 'string', enum: levels },
        scope: 'resource',
        order: 2,
        markdownDescription: 'How much a rule matters: `off`, `info`, `warning` or `error`, by the name of the rule. What `.hipaa-lint.yaml` says is stronger.',
      },
      'hipaaLint.exclude': {
        type: 'array',
        items: pattern,
        default: [],
        scope: 'resource',
        order: 3,
        markdownDescription: 'Files that are not read, as patterns from the root of the workspace, besides those `.hipaa-lint.yaml` excludes.',
      },
      'hipaaLint.files': {
        type: 'object',
        default: {},
        additionalProperties: { type: 'string' },
        scope: 'resource',
        order: 4,
        markdownDescription: 'The format of files whose name does not say it, by pattern: `{ "ward/*.txt": "FORMAT" }`. `none` leaves them alone.',
      },
      'hipaaLint.colors': {
        type: 'boolean',
        default: true,
        scope: 'resource',
        order: 5,
        description: 'Show files of known formats in color where no other extension has a language for them.',
      },
      ...Object.fromEntries(policy),
      'hipaaLint.trace.server': {
        type: 'string',
        enum: ['off', 'messages', 'verbose'],
        default: 'off',
        scope: 'window',
        order: 99,
        description: 'What the log shows of the talk between the editor and the language server.',
      },
    },
  };
}

/** The schema that completes the names of rules and formats in a `settings.json`. */
export function settingsSchema(): Json {
  const { rules, files } = configurationSchema().properties!;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'HIPAA Lint settings',
    type: 'object',
    properties: { 'hipaaLint.rules': rules, 'hipaaLint.files': files },
  };
}
