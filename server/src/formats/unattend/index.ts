import { Firewall } from '#concepts/firewall.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Software } from '#concepts/software.js';
import { format, lowering } from '#engine/format.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { escalation, firewalls, logins, scanner, secrets, updates } from './components.js';

export default format<Xml>({
  title: 'Windows answer file',
  files: [{ named: ['**/*.xml'], saying: /<unattend[\s>][^>]{0,300}urn:schemas-microsoft-com:unattend/ }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Secret, (file) => secrets(file)),
    lowering(Login, (file) => logins(file)),
    lowering(Firewall, (file) => firewalls(file)),
    lowering(Privilege, (file) => escalation(file)),
    lowering(Software, (file) => updates(file)),
    lowering(Malware, (file) => scanner(file)),
  ],
});
