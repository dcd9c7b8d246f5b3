import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret, isStandIn, type SecretFields } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known, undetermined } from '#engine/setting.js';
import { checkByVariable, loginByVariable, protectionByVariable } from '#notations/container-variables.js';
import type { Directives } from '#notations/directives.js';
import { environmentFileNames, environmentVariables, parseEnvironment, speaksForItself } from '#notations/environment-file.js';
import { imageDocuments } from '#notations/image-documents.js';
import { imageCredential, variableChannel } from '#notations/image-settings.js';

const label = 'The container';

/** The variables that are stated here, as those of a container. */
const stated = (file: Directives) => environmentVariables(file).flatMap(({ name, place }) =>
  (place.raw === undefined ? [] : [{ variable: { label, name, value: place.raw, span: place.span }, place }]));

export default format<Directives>({
  title: 'Environment file of containers',
  files: [{ named: environmentFileNames, saying: speaksForItself }],
  parse: parseEnvironment,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  embedded: (file) => imageDocuments(undefined, environmentVariables(file).flatMap(({ name, place }) =>
    (place.raw === undefined ? [] : [{ name, value: place.raw, span: place.span, isHere: true, write: (value: string) => place.write(value) }])), 'environment', 'who is given this file decides what else is stated'),
  facts: [
    // A secret of one's own may stand here: the file is what a Compose file refers to. One that everybody knows is none.
    lowering(Secret, (file) => environmentVariables(file).flatMap(({ name, place }) => {
      const credential = imageCredential(name);
      if (!credential || !place.raw) return [];
      const kept = !isStandIn(place.raw) && credential.values.includes(place.raw) ? 'default' : 'referenced';
      return [{ label: 'This file', span: place.span, what: credential.what, kept: known<SecretFields['kept']>(kept, place.span) }];
    })),
    lowering(Login, (file) => stated(file).flatMap(({ variable, place }) => loginByVariable(variable, (to) => place.write(to ?? '')))),
    lowering(Channel, (file) => [
      ...environmentVariables(file).flatMap(({ name, place }) => {
        const channel = variableChannel(name, place);
        return channel ? [{ label: `${label}, by ${name},`, span: place.span, ...channel }] : [];
      }),
      ...stated(file).flatMap(({ variable, place }) => [
        ...checkByVariable(variable, () => []),
        ...protectionByVariable(variable, (name) => environmentVariables(file).find((one) => one.name === name)?.place.raw,
          () => undetermined(variable.span, 'who is given this file decides whether the connection leaves its machine'), (value) => place.write(value)),
      ]),
    ]),
  ],
});
