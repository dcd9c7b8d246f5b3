import { rule } from '#engine/rule.js';
import { trustingScripts } from '../queries.js';

export default rule(trustingScripts, {
  title: 'Scripts check the certificate of the other end',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'error',
  check: ({ name, span }) => ({
    verdict: 'violates', span, message: `A script of channel ${name} accepts any certificate or host name`, wanted: 'certificates checked',
  }),
});
