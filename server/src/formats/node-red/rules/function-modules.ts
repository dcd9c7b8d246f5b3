import { must, rule } from '#engine/rule.js';
import { FunctionModules } from '../queries.js';

export default rule(FunctionModules, {
  title: 'Flows use only what was installed for them',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: (on) =>
    must(on, {
      be: (may) => !may,
      or: () => 'A function in a flow may fetch any package from the registry and run it',
      want: 'off',
      show: (may) => (may ? 'on' : 'off'),
      fix: {
        title: 'Let functions fetch no packages',
        value: false,
        safety: 'review',
        risk: 'Flows whose functions name packages stop: install those packages for all, under functionGlobalContext.',
      },
    }),
});
