import { rule } from '#engine/rule.js';
import { statusPages } from '../queries.js';

export default rule(statusPages, {
  title: 'The status page is for this machine',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: ({ span, guarded, guard }) => guarded ? { verdict: 'complies', span } : {
    verdict: 'violates',
    span,
    message: 'Anyone may read how busy this server is',
    found: 'open',
    wanted: 'this machine only',
    fix: { title: 'Answer this machine only', safety: 'review', risk: 'A monitoring system on another machine needs an `allow` line of its own.',
      edits: guard },
  },
});
