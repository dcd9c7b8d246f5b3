import { table } from './table.js';
/**
 * Every threshold the rules apply. The Security Rule holds no numbers, so each of these is the policy of the one who
 * uses the product, and a finding names the field that decided it. The JSON schema, the settings of the editor and the
 * documentation are generated from this table.
 */
export const policyFields = table({
  passwordLength: field(14, 'characters', 'Least length of a password people choose.', 'AWS and CIS baselines; NIST SP 800-63B-4 section 3.1.1.2 asks for 15 without a second factor.', { minimum: 8, maximum: 64 }),
  passwordClasses: field(4, 'character classes', 'Kinds of character a password must mix: lower case, upper case, digits, others. 0 where a blocklist is used instead.', 'CIS Benchmarks; NIST SP 800-63B-4 advises 0 together with a blocklist.', { minimum: 0, maximum: 4 }),
  passcodeLength: field(6, 'characters', 'Least length of the passcode of a phone or tablet, whose hardware slows guessing down.', 'DISA STIG for Apple iOS/iPadOS 18 and for Google Android 15: 6.', { minimum: 4, maximum: 16 }),
  passcodeClasses: field(1, 'character classes', 'Kinds of character the passcode of a phone or tablet must mix; 1 accepts digits alone.', 'DISA STIG for Apple iOS/iPadOS 18 asks for length, not for letters.', { minimum: 0, maximum: 4 }),
  passwordHistory: field(5, 'passwords', 'How many earlier passwords may not be used again.', 'CIS Benchmark for Debian Linux 12, password history; DISA STIG for RHEL 9.', { minimum: 0, maximum: 24 }),
  passwordRotation: field('periodic', 'stance', 'Whether passwords are changed at intervals, or only when they may be known to others.', 'The founding text asks for rotation; NIST SP 800-63B-4 section 3.1.1.2 asks for change on compromise only.', { options: ['periodic', 'on-compromise'] }),
  passwordMaximumAge: field(90, 'days', 'Longest life of a password while passwordRotation is periodic.', 'AWS operational best practices for HIPAA: 90 days.', { minimum: 1, maximum: 730 }),
  lockoutAttempts: field(5, 'attempts', 'Failed log-ins after which an account or address is locked.', 'CIS Benchmarks; DISA STIG asks for 3.', { minimum: 1, maximum: 100 }),
  eraseAttempts: field(10, 'attempts', 'Wrong passcodes after which a phone or tablet erases itself.', 'DISA STIG for Apple iOS/iPadOS 18 and for Google Android 15: 10.', { minimum: 2, maximum: 30 }),
  lockoutDuration: field(900, 'seconds', 'Least time an account stays locked. A lock for ever also satisfies it.', 'CIS Benchmarks: 15 minutes.', { minimum: 60, maximum: 86_400 }),
  idleLimit: field(900, 'seconds', 'Longest time a session may sit idle before it ends or locks.', 'DISA STIG: 15 minutes; 164.312(a)(2)(iii) holds no number.', { minimum: 60, maximum: 86_400 }),
  tlsMinimum: field('1.2', 'TLS version', 'Least TLS version a channel may speak.', 'NIST SP 800-52r2 section 3.1; RFC 8996.', { options: ['1.2', '1.3'] }),
  auditRetention: field(365, 'days', 'Least time audit records are kept where a file states it. Six years is the rule for documentation, not for logs.', 'NIST SP 800-92; 164.316(b)(2)(i) is about documentation.', { minimum: 1, maximum: 3650 }),
  backupRetention: field(35, 'days', 'Least time backups are kept.', 'NIST SP 800-34r1; 164.308(a)(7)(ii)(A) holds no number.', { minimum: 1, maximum: 3650 }),
} as const satisfies Record<string, PolicyField>);

/** The description of one threshold: what the schema and the settings of the editor are made of. */
export interface PolicyField {
  readonly default: string | number;
  readonly unit: string;
  readonly meaning: string;
  readonly source: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly options?: readonly string[];
}

export type PolicyName = keyof typeof policyFields;

/** The values in force. */
export type Policy = { readonly [K in PolicyName]: (typeof policyFields)[K] extends { options: readonly (infer O)[] } ? O : number };

export const defaultPolicy = Object.fromEntries(Object.entries(policyFields).map(([name, { default: value }]) => [name, value])) as unknown as Policy;

/** The value in force in words: `14 characters`, `periodic`. */
export function inWords(policy: Policy, name: PolicyName): string {
  const value = policy[name];
  return typeof value === 'number' ? `${value} ${policyFields[name].unit}` : name === 'tlsMinimum' ? `TLS ${value}` : value;
}

function field<const Value extends string | number, const Limits extends { minimum?: number; maximum?: number; options?: readonly string[] }>(
  value: Value, unit: string, meaning: string, source: string, limits: Limits,
): { default: Value; unit: string; meaning: string; source: string } & Limits {
  return { default: value, unit, meaning, source, ...limits };
}
