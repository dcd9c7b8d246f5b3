import { Channel } from '#concepts/channel.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseLdif, type Ldif } from '#notations/ldif.js';
import { ends, secrets } from './devices.js';

export default format<Ldif>({
  title: 'dcm4chee archive',
  files: [{ named: ['**/*.ldif'], saying: /^(?:objectClass: *(?:dicom|dcm|hl7)\w+|dn:.*dicomDeviceName=)/im }],
  parse: (text) => parseLdif(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Channel, ends), lowering(Secret, secrets)],
});
