import { policyFields, type PolicyField } from '#engine/policy.js';
import { registry } from '#registry/registry.generated.js';
import { policyNames } from './configuration.js';

/** The text of a first `.hipaa-lint.yaml`: every key with its meaning, all of it commented out. */
export function starterConfiguration(): string {
  const policy = policyNames.flatMap((name) => {
    const field: PolicyField = policyFields[name];
    const choice = field.options ? ` (${field.options.join(' or ')})` : ` (${field.unit}, ${field.minimum ?? 0} to ${field.maximum ?? 'any'})`;
    return [`#   ${field.meaning}${choice}`, `#   ${name}: ${field.default}`];
  });
  return `# HIPAA Lint: what your organisation decided. Everything is optional; take the # away from what you decide.

# Thresholds. The Security Rule holds no numbers, so these are your policy. The values are the defaults.
# policy:
${policy.join('\n')}

# How much a rule matters: off, info, warning or error. \`hipaa-lint rules\` lists them.
# rules:
#   password-history: info

# Files that are not read: patterns from this folder, as in .gitignore.
# exclude:
#   - archive/
#   - '*.sample'

# The format of files whose name does not say it; none leaves them alone. \`hipaa-lint formats\` lists them.
# files:
#   'lab/broker-*.txt': ${[...registry.formats.keys()][0] ?? 'none'}

# Recorded decisions not to fix. A malformed or expired one hides nothing, and every report lists them all.
# kind is accepted-risk, false-positive or alternative-measure; the last answers an addressable row and needs measure.
# exceptions:
#   - rule: encrypt-transmission
#     files: pumps/**
#     kind: alternative-measure
#     because: These pumps speak no TLS and are replaced in spring
#     measure: They stand in a network of their own behind an IPsec gateway
#     by: A. Officer
#     until: 2030-03-31
#     ticket: RISK-12

# Say complete when this folder holds all configuration of the system in question; reports repeat it.
# scope: partial
`;
}
