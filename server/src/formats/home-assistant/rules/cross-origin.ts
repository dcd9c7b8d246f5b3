import { rule } from '#engine/rule.js';
import { Origins } from '../queries.js';

export default rule(Origins, {
  title: 'Only named web sites use the interface',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (origin) => {
    if (origin.text === undefined) return origin.obscured === undefined ? undefined : { verdict: 'cannot tell', span: origin.head, because: origin.obscured };
    if (origin.text.trim() !== '*') return { verdict: 'complies', span: origin.head };
    return {
      verdict: 'violates',
      span: origin.head,
      message: 'Pages of any web site may use the Home Assistant interface',
      found: 'every web site',
      wanted: 'named web sites',
      fix: {
        title: 'Take the wildcard away',
        safety: 'review',
        risk: 'Web sites that used the interface are refused until they are named.',
        edits: () => origin.remove(),
      },
    };
  },
});
