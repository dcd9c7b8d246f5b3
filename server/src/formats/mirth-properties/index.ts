import { Channel } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { Lockout } from '#concepts/lockout.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseProperties, type Properties } from '#notations/properties.js';
import { databaseAccounts, ends, lockout, passwordPolicy, secrets } from './facts.js';

/** What every whole file begins with, under another name: a copy, a template. */
const own = (head: string) => /^[ \t]*dir\.appdata[ \t]*[=:]/m.test(head)
  && /^[ \t]*(?:keystore\.storepass|password\.minlength|https\.server\.protocols)[ \t]*[=:]/m.test(head);

export default format<Properties>({
  title: 'Mirth Connect server',
  files: ['**/mirth.properties', { named: ['**/*.properties'], saying: own }],
  parse: (text) => parseProperties(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(PasswordPolicy, (file) => [passwordPolicy(file)]),
    lowering(Lockout, (file) => [lockout(file)]),
    lowering(Channel, ends),
    lowering(Secret, (file) => secrets(file)),
    lowering(DatabaseAccount, (file) => databaseAccounts(file)),
  ],
});
