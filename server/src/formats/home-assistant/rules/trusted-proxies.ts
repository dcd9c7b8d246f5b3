import { isEveryone } from '#concepts/network-names.js';
import { rule } from '#engine/rule.js';
import { Proxies } from '../queries.js';

export default rule(Proxies, {
  title: 'Only the proxy may say who calls',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(b)'],
  severity: 'error',
  check: (proxy) => {
    if (proxy.text === undefined) return proxy.obscured === undefined ? undefined : { verdict: 'cannot tell', span: proxy.head, because: proxy.obscured };
    if (!isEveryone(proxy.text)) return { verdict: 'complies', span: proxy.head };
    return {
      verdict: 'violates',
      span: proxy.head,
      message: 'Anyone may claim any address, since every machine is taken for the proxy',
      found: proxy.text,
      wanted: 'the address of the proxy',
    };
  },
});
