import { must, rule } from '#engine/rule.js';
import { setting } from '#engine/setting.js';
import { oneOf } from '#engine/codec.js';
import { Isolation } from '../queries.js';

export default rule(Isolation, {
  title: 'Functions run in containers of their own',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (place) =>
    must(setting(place.slot, oneOf('GreengrassContainer', 'NoContainer'), { because: '' }), {
      be: (mode) => mode === 'GreengrassContainer',
      or: () => 'The function runs beside everything else on the device, without a container',
      want: 'GreengrassContainer',
      fix: {
        title: 'Run in a container',
        value: 'GreengrassContainer',
        safety: 'review',
        risk: 'Files and devices of the core that the function uses must be granted by name.',
      },
    }),
});
