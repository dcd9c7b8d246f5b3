import { Channel } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { databaseAccounts, ends, secrets } from './facts.js';
import { logins } from './logins.js';
import { documentsOf } from './reading.js';

/** `hapi:` at the left, with `fhir:` right below it, however many comments stand between. */
const own = /^hapi:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n){0,40}[ \t]+fhir:|^hapi\.fhir(?:\.|:)/m;

export default format<Yaml>({
  title: 'HAPI FHIR server',
  files: [{ named: ['**/application*.yaml', '**/application*.yml', '**/*hapi*.yaml', '**/*hapi*.yml', '**/*fhir*.yaml', '**/*fhir*.yml'], saying: own }],
  parse: parseYaml,
  comments: yamlComments,
  comment: yamlComment,
  facts: [
    lowering(Channel, (yaml) => documentsOf(yaml).flatMap(ends)),
    lowering(Secret, (yaml) => documentsOf(yaml).flatMap(secrets)),
    lowering(DatabaseAccount, (yaml) => documentsOf(yaml).flatMap(databaseAccounts)),
    lowering(Login, (yaml, analysis) => documentsOf(yaml).flatMap((document) => logins(document, analysis))),
  ],
});
