import { Channel } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { commentsOf, parseJson, type Json } from '#notations/json.js';
import { databaseAccounts, ends, logins, secrets } from './facts.js';

export default format<Json>({
  title: 'Microsoft FHIR server',
  files: [{ named: ['**/appsettings*.json', '**/testauthenvironment.json', '**/*fhir*.json'], saying: /"FhirServer"\s*:\s*\{/i }],
  parse: (text) => parseJson(text),
  comments: commentsOf,
  comment: (text) => `// ${text}`,
  facts: [lowering(Channel, ends), lowering(Secret, secrets), lowering(Login, logins), lowering(DatabaseAccount, databaseAccounts)],
});
