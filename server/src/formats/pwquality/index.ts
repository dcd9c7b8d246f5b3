import { PasswordPolicy } from '#concepts/password-policy.js';
import { format, lowering } from '#engine/format.js';
import { translate } from '#engine/setting.js';
import { parseDirectives, type Directives } from '#notations/directives.js';
import { classes, length } from './composition.js';
import { dialect, number, word } from './reading.js';

export default format<Directives>({
  title: 'Password quality (libpwquality)',
  files: ['**/pwquality.conf', '**/pwquality.conf.d/*.conf'],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(PasswordPolicy, (_file, analysis) => {
      const dictionary = number(analysis, 'dictcheck', { value: 1 });
      return [{
        label: 'The password quality check',
        span: { start: 0, end: 0 },
        length: length(analysis),
        classes: classes(analysis),
        dictionary: dictionary && translate(dictionary, (on) => on !== 0, (on) => (on ? 1 : 0)),
        bindsAdministrators: word(analysis, 'enforce_for_root'),
      }];
    }),
  ],
});
