import { must, rule } from '#engine/rule.js';
import { callerChecks } from '../queries.js';

export default rule(callerChecks, {
  title: 'Calls for another system are refused',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: ({ title }) => must(title, {
    be: (checked) => checked,
    or: () => 'Orthanc takes calls that were meant for another AE title',
    want: 'called AE title checked',
    show: (checked) => (checked ? 'checked' : 'not checked'),
    fix: { title: 'Check the called AE title', value: true, safety: 'review', risk: 'Modalities that call this server by another name are refused: correct their settings first.' },
  }),
});
