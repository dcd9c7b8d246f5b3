import { Channel, type ChannelFields } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { Login } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { Secret, isStandIn, type SecretFields } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known, undetermined } from '#engine/setting.js';
import { isAdministrator } from '#notations/jdbc.js';
import { assigned, parseSqlConf, type SqlConf } from './sqlconf.js';

const varies = (text: string) => /\$\{|\{\{|^%\w+%$/.test(text);

/** The passwords of the installer, the manual and the example containers. */
const shipped: ReadonlySet<string> = new Set(['openemr', 'root', 'pass', 'password']);

export default format<SqlConf>({
  title: 'OpenEMR',
  files: [{ named: ['**/sqlconf*.php'], saying: /\$sqlconf\b/ }],
  parse: (text) => parseSqlConf(text),
  comments: (file) => file.comments,
  comment: (text) => `// ${text}`,
  facts: [
    lowering(Secret, (file) => {
      const pass = assigned(file, 'pass');
      if (!pass || pass.text === '') return [];
      const kept: SecretFields['kept'] = pass.text === undefined || varies(pass.text) || isStandIn(pass.text)
        ? 'referenced'
        : shipped.has(pass.text)
        ? 'default'
        : 'clear';
      return [{ label: 'This file', span: pass.span, what: 'the password of the patient database', kept: known(kept, pass.span) }];
    }),
    lowering(Login, (file) => {
      const pass = assigned(file, 'pass');
      return pass ? [{
        label: 'The patient database', span: pass.span,
        emptyPassword: pass.text === undefined ? undetermined(pass.span, 'PHP code computes the password') : known(pass.text === '', pass.span),
      }] : [];
    }),
    lowering(DatabaseAccount, (file) => {
      const login = assigned(file, 'login');
      return login?.text === undefined ? [] : [{ label: 'OpenEMR', span: login.span, administrator: known(isAdministrator('mysql', login.text), login.span) }];
    }),
    lowering(Channel, (file) => {
      const host = assigned(file, 'host');
      if (!host) return [];
      const { text, span } = host;
      return [{
        label: 'The connection to the patient database', span, role: 'connects' as const, protocol: 'mysql', address: text,
        reach: text === undefined || varies(text) ? undetermined(span, 'PHP code or a variable names the database server') : known<ChannelFields['reach']>(
          isThisMachine(text) || text === '' ? 'loopback' : 'network', span
        ),
        protection: undetermined(span, 'OpenEMR encrypts when the certificate mysql-ca lies in documents/certificates of the site'),
      }];
    }),
  ],
});
