import { must, rule } from '#engine/rule.js';
import { moduleUpload } from '../queries.js';

export default rule(moduleUpload, {
  title: 'Programs are not uploaded through web pages',
  family: 'access',
  safeguards: ['164.308(a)(5)(ii)(B)', '164.312(a)(1)'],
  severity: 'warning',
  check: (value) => must(value, {
    be: (on) => !on,
    or: () => 'Programs can be uploaded into OpenMRS through its web pages',
    want: 'false',
    show: (on) => (on ? 'allowed' : 'not allowed'),
    fix: {
      title: 'Do not take programs over the web', value: false, safety: 'review',
      risk: 'New modules must be put into the modules folder of the server by hand.',
    },
  }),
});
