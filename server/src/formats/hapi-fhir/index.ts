import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { undetermined } from '#engine/setting.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { ends, secrets } from './facts.js';
import { documentsOf, property } from './reading.js';

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
    lowering(Login, (yaml) => documentsOf(yaml).flatMap((document) => {
      const place = property(document, 'hapi.fhir');
      // The starter project asks nobody who they are; what does is added in front or in code.
      return place.kind === 'map' ? [{
        label: 'The FHIR server', span: place.head,
        anonymous: undetermined(place.head, 'the server itself asks for no log-in: a proxy or an interceptor must'),
      }] : [];
    })),
  ],
});
