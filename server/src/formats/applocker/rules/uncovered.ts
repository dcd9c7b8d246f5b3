import { rule } from '#engine/rule.js';
import { kinds } from '../queries.js';

/** Libraries cost speed and are left out on purpose by many; the others are how malicious software starts. */
const expected = new Set(['Exe', 'Script', 'Msi', 'Appx']);

export default rule(kinds, {
  title: 'Every kind of program has rules',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'warning',
  check: ({ element, label, type, rules }) => {
    if (!expected.has(type)) return undefined;
    if (rules.length > 0) return { verdict: 'complies', span: element.tag };
    return /EnforcementMode\s*=\s*["']Enabled/.test(element.attributes.map(({ name, value }) => `${name}="${value}"`).join(' '))
      ? { verdict: 'cannot tell', span: element.tag, because: 'enforcement is on without a rule here, so the rules of another policy decide' }
      : { verdict: 'violates', span: element.tag, message: `${label} has no rule, so any of them may start`, found: 'no rules', wanted: 'rules' };
  },
});
