import { AuditTrail } from '#concepts/audit-trail.js';
import { Lockout } from '#concepts/lockout.js';
import { format, lowering } from '#engine/format.js';
import { observe, translate, type Setting } from '#engine/setting.js';
import { parseDirectives, type Directives } from '#notations/directives.js';
import { dialect, number, word } from './reading.js';

const top = { start: 0, end: 0 };

export default format<Directives>({
  title: 'Account lock-out (pam_faillock)',
  files: ['**/faillock.conf'],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Lockout, (_file, analysis) => {
      const duration = number(analysis, 'unlock_time', { value: 600, judged: true });
      return [{
        label: 'The account lock',
        span: top,
        attempts: number(analysis, 'deny', { value: 3 }),
        duration: duration && translate(duration, (seconds) => (seconds === 0 ? Infinity : seconds), (seconds) => (seconds === Infinity ? 0 : seconds)),
        bindsAdministrators: root(word(analysis, 'even_deny_root', { value: false, judged: true }), number(analysis, 'root_unlock_time', { value: -1, judged: true })),
      }];
    }),
    lowering(AuditTrail, (_file, analysis) => {
      const quiet = word(analysis, 'no_log_info');
      return [{ label: 'The log of failed log-ins and locks', span: top, enabled: quiet && translate(quiet, (off) => !off, (on) => !on) }];
    }),
  ],
});

/** faillock.conf(5): `root_unlock_time` implies `even_deny_root`. Nothing is said where either is an argument of the module. */
function root(even: Setting<boolean> | undefined, unlock: Setting<number> | undefined): Setting<boolean> | undefined {
  if (!even || !unlock) return undefined;
  if (even.kind === 'stated') return even;
  if (unlock.kind === 'stated') return observe(unlock, () => true);
  return even;
}
