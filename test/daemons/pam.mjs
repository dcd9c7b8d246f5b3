// @ts-check
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { has, lastLine } from './support.mjs';
import { inside, password, possible } from './accounts.mjs';

/** @typedef {import('./support.mjs').Stage} Stage @typedef {import('./support.mjs').File} File */

/** The name of a service, and of the file that says how it lets people in. @param {string} name */
const serviceOf = (name) => name.split('/').at(-1) ?? name;

/** Where each kind of line is used. */
const operations = { auth: 'authenticate', account: 'acct_mgmt', password: 'chauthtok', session: 'open_session' };

const folders = ['/usr/lib/x86_64-linux-gnu/security', '/usr/lib/aarch64-linux-gnu/security', '/lib/security', '/usr/lib/security'];

/** The modules that a text names and this system has not. @param {string} text */
const lacking = (text) =>
  [...new Set([...text.matchAll(/^\s*-?(?:auth|account|password|session)\b[^#\n]*?\s(pam_\w+\.so)/gm)].map(([, module]) => module ?? ''))].filter(
    (module) => !folders.some((folder) => existsSync(`${folder}/${module}`)),
  );

/** What the library and its modules log of a line they cannot use. */
const faults = new RegExp(
  `LOG .*?(${[
    'unable to dlopen', 'adding faulty module', 'illegal module type', 'unrecogni[sz]ed option', 'unknown.*option', 'unknown or broken option', 'bad number',
    'invalid', 'Error parsing', 'no module name supplied', 'unable to (?:resolve|open)', 'jump ', 'Unknown option', 'No such file',
  ].join('|')}.*)`,
);

/** A page shows the lines that matter: what they jump to stands behind them in every file of Debian. @param {string} text */
const ended = (text) =>
  `${text}\n${Object.keys(operations)
    .filter((type) => new RegExp(`^${type}\\b.*success=[12]\\b`, 'm').test(text))
    .map((type) => `${type} requisite pam_deny.so\n${type} required pam_permit.so\n`)
    .join('')}`;

/**
 * Lets a service do all that the file has lines for, and returns the first line of it that is not understood.
 * @param {Stage} stage @param {readonly File[]} files
 */
function service(stage, files) {
  const [main] = files;
  const name = serviceOf(main?.name ?? 'example');
  const doing = Object.entries(operations)
    .filter(([type]) => new RegExp(`^\\s*-?${type}\\b`, 'm').test(main?.text ?? ''))
    .map(([, operation]) => operation);
  const script = (doing.length > 0 ? doing : ['authenticate']).map((operation) => `yes "$P" | head -5 | pamtester ${name} ward ${operation}`).join('; ');
  const { output } = inside(
    stage,
    files.map(({ name: path, text }) => ({ name: `pam.d/${serviceOf(path)}`, text: ended(text) })),
    script,
  );
  return faults.exec(output)?.[1] ?? (/pamtester: /.test(output) ? undefined : lastLine(output));
}

/** Counts failures without waiting; whoever looks only does not begin the count anew. */
const counted =
  'auth required pam_faillock.so preauth nodelay\nauth [success=1 default=ignore] pam_unix.so nodelay\n' +
  'auth [default=die] pam_faillock.so authfail nodelay\nauth required pam_permit.so\naccount required pam_permit.so\n';

/**
 * Whether the right password is refused, after some wrong ones and with failures of a given age before.
 * @param {Stage} stage @param {string} text faillock.conf @param {{ ages?: readonly number[], user?: string, tries?: number }} [before] ages in seconds
 *   of failures that were counted already
 */
function locked(stage, text, { ages = [], user = 'ward', tries = 0 } = {}) {
  // struct tally of faillock.h: who or where, reserved, status (valid, through PAM's service), seconds.
  const before = `[${ages.join()}]`;
  const tally = `import struct, time
open('/run/faillock/${user}', 'wb').write(b''.join(struct.pack('52sHHQ', b'test', 0, 5, int(time.time()) - age) for age in ${before}))`;
  const script = `mkdir -p /run/faillock; python3 -c "${tally}"; chmod 600 /run/faillock/*
for i in $(seq ${tries}); do echo wrong | pamtester door ${user} authenticate; done
echo "$P" | pamtester door ${user} authenticate && echo LET IN`;
  const { output } = inside(
    stage,
    [
      { name: 'pam.d/door', text: counted },
      { name: 'security/faillock.conf', text },
    ],
    script,
  );
  return { locked: !output.includes('LET IN'), output };
}

/** The least number of wrong tries that locks an account. @param {Stage} stage @param {string} text */
function triesUntilLocked(stage, text) {
  const script =
    'mkdir -p /run/faillock; for i in $(seq 12); do echo wrong | pamtester door ward authenticate; ' +
    'echo "$P" | pamtester door ward authenticate || { echo "LOCKED $i"; break; }; done';
  const { output } = inside(
    stage,
    [
      { name: 'pam.d/door', text: counted },
      { name: 'security/faillock.conf', text },
    ],
    script,
  );
  return Number(/^LOCKED (\d+)/m.exec(output)?.[1] ?? Infinity);
}

/**
 * The age at which something counted no longer is, where the program agrees with what is supposed.
 * @param {number} supposed @param {(age: number) => boolean} counts
 */
const turning = (supposed, counts) => (counts(supposed - 20) && !counts(supposed + 20) ? supposed : `another time than ${supposed}`);

/** Whether a person comes in by these lines. @param {Stage} stage @param {string} text @param {{ user?: string, word?: string }} [who] */
function comesIn(stage, text, { user = 'ward', word = password } = {}) {
  const { output } = inside(stage, [{ name: 'pam.d/door', text }], `printf '%s\\n' "${word}" | (time -p pamtester door ${user} authenticate) 2>&1`);
  return { let: /successfully authenticated/.test(output), seconds: Number(/^real (\S+)/m.exec(output)?.[1] ?? NaN), output };
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Linux-PAM',
  formats: ['pam', 'faillock'],
  packages: ['pamtester', 'libpam-modules', 'libpam-pwquality', 'cracklib-runtime', 'openssl', 'python3', 'util-linux'],
  present: () => has('pamtester') && has('openssl') && existsSync('/etc/pam.d') && lacking('auth required pam_pwquality.so\n').length === 0 && possible(),
  async accepts(stage, files, format) {
    if (format === 'faillock') {
      const { output } = locked(stage, files[0]?.text ?? '', { tries: 1 });
      return faults.exec(output)?.[1];
    }
    const absent = files.flatMap(({ text }) => lacking(text));
    return absent.length > 0 ? { skipped: `this system has no ${absent.join(', ')}` } : service(stage, files);
  },
  refuses: { pam: 'auth required pam_unix.so nulok_sekure\n', faillock: 'denny = 5\n' },
  defaults: [
    { format: 'faillock', name: 'Lockout.attempts', text: 'audit\n', observe: async (stage, text) => triesUntilLocked(stage, text) },
    {
      format: 'faillock',
      name: 'Lockout.duration',
      text: 'audit\n',
      observe: async (stage, text) => turning(600, (age) => locked(stage, text, { ages: [age, age, age] }).locked),
    },
    {
      format: 'faillock',
      name: 'counting.interval',
      text: 'audit\n',
      observe: async (stage, text) => turning(900, (age) => locked(stage, `${text}unlock_time = 0\n`, { ages: [age, age], tries: 1 }).locked),
    },
    {
      format: 'faillock',
      name: 'Lockout.bindsAdministrators',
      text: 'audit\n',
      observe: async (stage, text) => locked(stage, text, { ages: [5, 4, 3, 2], user: 'root' }).locked,
    },
    {
      format: 'faillock',
      name: 'AuditTrail.enabled',
      text: 'audit\n',
      observe: async (stage, text) =>
        /LOG .*pam_faillock.*(?:user unknown|account temporarily locked|Consecutive login failures)/i.test(
          locked(stage, text.replace('audit\n', '# nothing\n'), { tries: 4 }).output,
        ),
    },
    {
      format: 'pam',
      name: 'Login.emptyPassword',
      text: 'auth required pam_unix.so\n',
      observe: async (stage, text) => comesIn(stage, text, { user: 'nothing', word: '' }).let,
    },
    {
      format: 'pam',
      name: 'hasty.nodelay',
      text: 'auth required pam_unix.so\n',
      observe: async (stage, text) => comesIn(stage, text, { word: 'wrong' }).seconds < 1,
    },
    {
      format: 'pam',
      name: 'takers.taken',
      text: 'password requisite pam_pwquality.so retry=3\npassword required pam_unix.so yescrypt\n',
      async observe(stage, text) {
        const { output } = inside(stage, [{ name: 'pam.d/door', text }], 'yes "New-$P-for-9-wards" | head -6 | pamtester door ward chauthtok');
        // Whoever asks again does not take the one that was checked.
        return (output.match(/New (?:UNIX )?password:/gi) ?? []).length < 2;
      },
    },
  ],
  live: [
    {
      title: 'an account without a password that came in does not after the fix, and one with a password does',
      async run(stage) {
        const open = 'auth required pam_unix.so nullok\n';
        assert.ok(comesIn(stage, open, { user: 'nothing', word: '' }).let);
        const closed = fixed('pam', [{ text: open }], 'empty-password')[0]?.text ?? '';
        assert.ok(!comesIn(stage, closed, { user: 'nothing', word: '' }).let);
        assert.ok(comesIn(stage, closed).let);
      },
    },
    {
      title: 'an account that nothing locked is locked after the fix, at the number of tries that it says',
      async run(stage) {
        const open = 'deny = 9\n';
        assert.equal(triesUntilLocked(stage, open), 9);
        const closed = fixed('faillock', [{ name: 'faillock.conf', text: open }], 'account-lockout')[0]?.text ?? '';
        assert.equal(triesUntilLocked(stage, closed), Number(/deny = (\d+)/.exec(closed)?.[1]));
      },
    },
  ],
};
