import { policyFields, type PolicyName } from '#engine/policy.js';
import { severities, type Severity } from '#engine/rule.js';
import { registry } from '#registry/registry.generated.js';
import { policyNames, problemOfPolicy, unconfigured, type Configuration } from './configuration.js';
import { fromRoot, problemOfGlob } from './globs.js';
import { didYouMean } from './nearest.js';

/** What the settings of an editor say, with what is wrong in them as sentences for its log. */
export interface SettingsReading {
  readonly configuration: Configuration;
  /** Whether the product should look at files at all. */
  readonly enable: boolean;
  readonly problems: readonly string[];
}

/** Reads the section `hipaaLint` of an editor's settings, as the editor hands it over. Never throws. */
export function readSettings(section: unknown, origin = 'editor settings'): SettingsReading {
  const problems: string[] = [];
  const settings = recordOf(section);
  const policy = new Map<PolicyName, { value: string | number; origin: string }>();
  for (const [name, value] of Object.entries(recordOf(settings['policy']))) {
    const field = policyNames.find((known) => known === name);
    // Editors hand over every declared setting; one that says the default decides nothing.
    if (field && value === policyFields[field].default) continue;
    const stands = typeof value === 'number' || typeof value === 'string' ? value : '';
    const problem = field ? problemOfPolicy(field, stands) : `\`${name}\` is not a policy field; ${didYouMean(name, policyNames)}`;
    if (problem !== undefined) problems.push(`hipaaLint.policy.${name}: ${problem}`);
    else policy.set(field!, { value: stands, origin });
  }
  const rules = new Map<string, Severity | 'off'>();
  for (const [id, value] of Object.entries(recordOf(settings['rules']))) {
    if (!registry.rules.has(id)) problems.push(`hipaaLint.rules: there is no rule \`${id}\`; ${didYouMean(id, [...registry.rules.keys()])}`);
    else if (value !== 'off' && !severities.includes(value as Severity))
      problems.push(`hipaaLint.rules: the severity of ${id} is off, ${severities.join(', ')}`);
    else rules.set(id, value as Severity | 'off');
  }
  const exclude = (Array.isArray(settings['exclude']) ? settings['exclude'] : []).flatMap((glob: unknown) => {
    const problem = typeof glob === 'string' ? problemOfGlob(glob) : 'a pattern is text';
    if (problem) problems.push(`hipaaLint.exclude: ${problem}`);
    return problem ? [] : [fromRoot(glob as string)];
  });
  const formats = [...registry.formats.keys(), 'none'];
  const files = Object.entries(recordOf(settings['files'])).flatMap(([glob, format]): (readonly [string, string])[] => {
    const problem =
      problemOfGlob(glob) ??
      (formats.includes(format as string) ? undefined : `there is no format \`${String(format)}\`; ${didYouMean(String(format), formats)}`);
    if (problem) problems.push(`hipaaLint.files: ${problem}`);
    return problem ? [] : [[fromRoot(glob), format as string]];
  });
  return { configuration: { ...unconfigured, policy, rules, exclude, files }, enable: settings['enable'] !== false, problems };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/**
 * Reads one `name=value` of a command line as a configuration.
 * @returns the configuration, or a sentence that says what to write instead
 */
export function readPolicyOption(option: string, origin = '--policy'): Configuration | string {
  const at = option.indexOf('=');
  const name = at < 0 ? option : option.slice(0, at);
  const field = policyNames.find((known) => known === name);
  if (!field) return `\`${name}\` is not a policy field; ${didYouMean(name, policyNames)}`;
  if (at < 0) return `write --policy ${name}=VALUE`;
  const raw = option.slice(at + 1);
  const value = 'options' in policyFields[field] || !/^-?\d{1,9}$/.test(raw) ? raw : Number(raw);
  return problemOfPolicy(field, value) ?? { ...unconfigured, policy: new Map([[field, { value, origin }]]) };
}
