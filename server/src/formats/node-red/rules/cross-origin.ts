import { rule } from '#engine/rule.js';
import { Origins } from '../queries.js';

export default rule(Origins, {
  title: 'Only named web sites use the flows',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ member: { value }, span }) => {
    if (value.kind === 'expression') return { verdict: 'cannot tell', span, because: 'an expression decides it' };
    const every =
      (value.kind === 'string' && value.raw === '*') ||
      (value.kind === 'word' && value.raw === 'true') ||
      (value.kind === 'array' && value.items.some((item) => item.kind === 'string' && item.raw === '*'));
    return every
      ? { verdict: 'violates', span, message: 'Pages of any web site may call what the flows offer', found: 'every web site', wanted: 'named web sites' }
      : { verdict: 'complies', span };
  },
});
