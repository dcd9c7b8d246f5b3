// @ts-check
import { has, lastLine } from './support.mjs';
import { inside, possible } from './accounts.mjs';

/** Makes an account by the file, and prints what the account got. @param {import('./support.mjs').Stage} stage @param {string} text */
function account(stage, text) {
  // shadow(5): no least age is one of 0, and no greatest age and no warning are what -1 says.
  const script =
    'useradd -m -s /bin/sh newcomer && IFS=: read -r _ _ _ least most warning _ <<E\n$(grep ^newcomer: /etc/shadow)\nE\n' +
    'printf "got %s %s %s %s\\n" "${least:-0}" "${most:--1}" "${warning:--1}" "$(stat -c %a /home/newcomer)"';
  const { status, output } = inside(stage, [{ name: 'login.defs', text }], script);
  const [, least, most, warning, mode] = /^got (\S+) (\S+) (\S+) (\S+)$/m.exec(output) ?? [];
  return { fault: /configuration error.*|invalid.*/.exec(output)?.[0] ?? (status === 0 && mode ? undefined : lastLine(output)), least, most, warning, mode };
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'shadow',
  formats: ['login-defs'],
  packages: ['passwd', 'openssl', 'python3', 'util-linux'],
  present: () => has('useradd') && has('openssl') && has('python3') && possible(),
  async accepts(stage, files) {
    const { fault } = account(stage, files[0]?.text ?? '');
    return fault && `does not make an account by it: ${fault}`;
  },
  refuses: { 'login-defs': 'PASS_MAX_DAYS ninety\n' },
  async prints(stage, files) {
    const text = files[0]?.text ?? '';
    const { fault, least, most, warning, mode } = account(stage, text);
    if (fault) return undefined;
    // The mode of a home shows the mask, unless the file states that mode itself.
    const mask = /^HOME_MODE/m.test(text) ? '' : `UMASK ${(0o777 & ~parseInt(mode ?? '', 8)).toString(8).padStart(3, '0')}\n`;
    return `PASS_MIN_DAYS ${least}\nPASS_MAX_DAYS ${most}\nPASS_WARN_AGE ${warning}\n${mask}`;
  },
};
