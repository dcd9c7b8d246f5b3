import { rule } from '#engine/rule.js';
import { lines } from '../queries.js';

export default rule(lines, {
  title: 'Each caller has a name and a password of their own',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'warning',
  check: ({ client, secret, label, span, addresses }) => {
    // `!` and `-` in place of addresses refuse everyone, and an empty or starred secret leaves the proof to the accounts of the machine.
    if (client !== '*' || secret === '' || secret === '*' || addresses[0] === '-' || addresses[0] === '!') return client === '*' ? undefined : { verdict: 'complies', span };
    return { verdict: 'violates', span, message: `${label} lets in any name with one password`, wanted: 'one line for each person or device' };
  },
});
