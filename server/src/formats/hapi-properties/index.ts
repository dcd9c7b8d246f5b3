import { Channel } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseProperties, type Properties } from '#notations/properties.js';
import { databaseAccounts, ends, logins, secrets } from './facts.js';

/** Names of the starter before release 5, or those of later releases in a file of properties. */
const own = (head: string) => /^[ \t]*(?:fhir_version|server_address|allow_multiple_delete|allow_external_references|persistence_unit_name)[ \t]*[=:]/m.test(head)
  || /^[ \t]*hapi\.fhir\.\w/m.test(head);

export default format<Properties>({
  title: 'HAPI FHIR server (properties)',
  files: [{ named: ['**/hapi*.properties', '**/*fhir*.properties', '**/application*.properties'], saying: own }],
  parse: (text) => parseProperties(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, (file) => ends(file)),
    lowering(Secret, (file) => secrets(file)),
    lowering(DatabaseAccount, (file) => databaseAccounts(file)),
    lowering(Login, (file) => logins(file)),
  ],
});
