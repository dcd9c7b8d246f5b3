import { rule } from '#engine/rule.js';
import { Artifacts } from '../queries.js';

export default rule(Artifacts, {
  title: 'Programs are fetched from where they can be checked',
  family: 'malware',
  safeguards: ['164.312(c)(1)', '164.308(a)(5)(ii)(B)'],
  severity: 'error',
  check: (uri) => {
    if (/^(s3|greengrass|docker):|^\{|^https:/i.test(uri.text!)) return { verdict: 'complies', span: uri.head };
    if (!/^http:/i.test(uri.text!)) return undefined;
    return {
      verdict: 'violates',
      span: uri.head,
      message: 'The program is fetched over plain HTTP, where anyone on the way can replace it',
      found: 'http',
      wanted: 's3, docker or https',
    };
  },
});
