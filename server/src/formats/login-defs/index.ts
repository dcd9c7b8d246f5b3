import { Lockout } from '#concepts/lockout.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { integer } from '#engine/codec.js';
import { format, lowering } from '#engine/format.js';
import { translate, undetermined, type Setting } from '#engine/setting.js';
import { parseDirectives, type Directives } from '#notations/directives.js';
import { days, dialect, hashMethod, statedValue, value } from './reading.js';

const top = { start: 0, end: 0 };

/** login.defs(5): 0 where it is left out. */
function minimumAge(file: Directives): Setting<number> {
  const age = value(file, 'PASS_MIN_DAYS', integer, 0);
  return age.kind === 'undetermined' ? age
    : { ...age, caution: 'A person who fears that the new password was seen must ask an administrator to change it on the same day. '
      + 'Release 4.20 of shadow no longer reads PASS_MIN_DAYS: there `chage --mindays` sets it for each account.' };
}

export default format<Directives>({
  title: 'Account defaults (login.defs)',
  files: ['**/login.defs'],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(PasswordPolicy, (file) => {
      const method = statedValue(file, 'ENCRYPT_METHOD', hashMethod);
      return [{
        label: 'The login.defs file',
        span: top,
        maximumAge: value(file, 'PASS_MAX_DAYS', days, Infinity),
        minimumAge: minimumAge(file),
        hash: method?.kind === 'undetermined'
          ? undetermined(method.span, 'a method the programs do not know leaves them at DES or at SHA512, by their release; YESCRYPT or SHA512 would say it')
          : method
          ? translate(method, (word) => (word === 'DES' || word === 'MD5' ? 'weak' : 'strong'), (hash) => (hash === 'weak' ? 'MD5' : 'SHA512'))
          : undetermined(top, 'pam_unix in /etc/pam.d decides how passwords are kept where ENCRYPT_METHOD is missing'),
      }];
    }),
    lowering(Lockout, (file) => [{ label: 'The console log-in', span: top, attempts: statedValue(file, 'LOGIN_RETRIES', integer) }]),
  ],
});
