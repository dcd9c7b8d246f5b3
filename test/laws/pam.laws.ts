import { isInclude, pamArgument, parsePam, pamWord, type PamLine } from '#notations/pam.js';
import type { LawExample } from '../support/law.js';

const line = (text: string, module: string): PamLine => parsePam(text).statements.find((s): s is PamLine => !isInclude(s) && s.module === module)!;
const value = (module: string, name: string) => (text: string) => pamArgument(line(text, module), name);
const word = (module: string, name: string) => (text: string) => pamWord(parsePam(text), line(text, module), name);

const common = 'auth\t[success=1 default=ignore]\tpam_unix.so nullok\n@include common-account\n';
const quality = 'password requisite pam_pwquality.so retry=3 minlen=8 # local rule\npassword required pam_unix.so use_authtok\n';

const examples: readonly LawExample[] = [
  { title: 'an argument', text: quality, at: value('pam_pwquality.so', 'minlen'), besides: value('pam_pwquality.so', 'retry'), values: ['14', '6'] },
  { title: 'an absent argument goes before the comment', text: quality, at: value('pam_pwquality.so', 'minclass'), besides: value('pam_pwquality.so', 'minlen'), values: ['4'] },
  { title: 'an absent argument of a bare module', text: 'auth required pam_faillock.so', at: value('pam_faillock.so', 'deny'), values: ['5'] },
  { title: 'a module by its path', text: '-password  requisite  /lib/security/pam_pwhistory.so  remember=1\r\n', at: value('pam_pwhistory.so', 'remember'), values: ['5'] },
  { title: 'an argument in brackets', text: 'auth required pam_access.so [accessfile=/etc/my access.conf] debug\n', at: value('pam_access.so', 'accessfile'), besides: word('pam_access.so', 'debug'), values: ['/etc/other file'] },
  { title: 'a word behind a bracketed control', text: common, at: word('pam_unix.so', 'nullok'), values: ['yes'] },
  { title: 'an absent word', text: common, at: word('pam_unix.so', 'nodelay'), besides: word('pam_unix.so', 'nullok'), values: ['yes'] },
  { title: 'a continued line', text: 'password requisite pam_pwquality.so \\\n  retry=3 \\\n  minlen=8\npassword required pam_unix.so\n', at: value('pam_pwquality.so', 'minlen'), besides: value('pam_pwquality.so', 'retry'), values: ['14'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}'].map((hole) => quote + hole + quote);
};
