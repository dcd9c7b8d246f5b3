import { must, rule } from '#engine/rule.js';
import { requestsFromStrangers } from '../queries.js';

export default rule(requestsFromStrangers, {
  title: 'The DICOM server answers known modalities only',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(d)'],
  severity: 'error',
  check: ({ name, answered }) => must(answered, {
    be: (always) => !always,
    or: () => `Orthanc ${name} for systems it does not know`,
    want: 'known modalities only',
    show: (always) => (always ? 'everyone' : 'known modalities'),
    fix: { title: 'Answer known modalities only', value: false, safety: 'review', risk: 'Modalities that are not listed under DicomModalities are refused: list them first.' },
  }),
});
