import { Channel } from '#concepts/channel.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { parseYaml, yamlComment, yamlComments, type Yaml } from '#notations/yaml.js';
import { channels, secrets, software } from './facts.js';
import { privileges } from './privileges.js';

/** A recipe, the configuration of a core device, or a deployment; each in YAML or JSON. */
const isGreengrass = (head: string) =>
  /^[ \t{]*"?RecipeFormatVersion"?[ \t]*:/m.test(head) ||
  (/["' ]aws\.greengrass\.\w/.test(head) && /^[ \t{]*"?(services|components)"?[ \t]*:/m.test(head) && !/^apiVersion:|AWSTemplateFormatVersion/m.test(head));

export default format<Yaml>({
  title: 'AWS IoT Greengrass',
  files: [{ named: ['**/*.yaml', '**/*.yml', '**/*.json'], saying: isGreengrass }],
  parse: parseYaml,
  comments: yamlComments,
  comment: yamlComment,
  facts: [lowering(Privilege, privileges), lowering(Channel, channels), lowering(Software, software), lowering(Secret, secrets)],
});
