import { must, rule } from '#engine/rule.js';
import { messageCipher } from '../queries.js';

export default rule(messageCipher, {
  title: 'Stored messages are encrypted with a strong cipher',
  family: 'at-rest',
  safeguards: ['164.312(a)(2)(iv)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (cipher) => /^AES\//i.test(cipher) && !/\/ECB\//i.test(cipher),
    or: () => 'Stored messages are encrypted with a weak cipher',
    want: 'AES in CBC or GCM mode',
  }),
});
