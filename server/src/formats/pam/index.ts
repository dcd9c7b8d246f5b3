import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { format, lowering } from '#engine/format.js';
import { parsePam, type Pam } from '#notations/pam.js';
import { inclusionsOf } from './stacks.js';
import { countingSteps, emptyPasswords, forgetfulStacks, misplacedCounts, passwordSteps, uncountedStacks } from './facts.js';

export default format<Pam>({
  title: 'PAM services',
  files: ['**/pam.d/*', { named: ['**/common-{auth,password,account,session}', '**/{system,password}-auth'], saying: /^-?(?:auth|account|password|session)[ \t]+\S.*pam_\w+\.so/m }],
  parse: parsePam,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: inclusionsOf,
  facts: [
    lowering(Login, (_file, analysis) => emptyPasswords(analysis)),
    lowering(PasswordPolicy, (_file, analysis) => [...passwordSteps(analysis), ...forgetfulStacks(analysis)]),
    lowering(Lockout, (_file, analysis) => [...countingSteps(analysis), ...uncountedStacks(analysis), ...misplacedCounts(analysis)]),
  ],
});
