import { isEveryAddress } from '#concepts/network-names.js';
import { must, rule } from '#engine/rule.js';
import { listenAddresses } from '../queries.js';

export default rule(listenAddresses, {
  title: 'A listener answers on the network it is for',
  family: 'firewall',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: ({ connector, host }) => must(host, {
    be: (address) => !isEveryAddress(address),
    or: () => `The listener ${connector.whose} answers on every network of the server`,
    want: 'one address of the server',
  }),
});
