// @ts-check
/** A copy of /etc that only one check sees, with an account or two in it, and a log of its own. */
import { writeFileSync } from 'node:fs';
import { isAdministrator, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** The passwords of the accounts: nobody knows that of a third, and the fourth has none. */
export const password = 'Wristband-for-7-tests';

// A mount may not be seen by others, the devices are those of the host but for the log, and what is remembered of log-ins is empty.
const enter = `
mkdir -p "$S/dev" "$S/etc" && mount --make-rprivate / && mount -t tmpfs none "$S/dev"
for d in null zero random urandom tty; do : > "$S/dev/$d"; mount --bind "/dev/$d" "$S/dev/$d"; done
cp -a /etc/. "$S/etc/" && mount --bind "$S/etc" /etc && mount --rbind "$S/dev" /dev && mount -t tmpfs none /run && mount -t tmpfs none /home
printf 'ward:x:4242:4242::/tmp:/bin/sh\\nnothing:x:4243:4243::/tmp:/bin/sh\\n' >> /etc/passwd
printf 'ward:%s:19000:0:99999:7:::\\nnothing::19000:0:99999:7:::\\n' "$(openssl passwd -6 "$P")" >> /etc/shadow
sed -i "s|^root:[^:]*|root:$(openssl passwd -6 "$P")|" /etc/shadow
cp -r "$S/own/." /etc/ 2>/dev/null
`;

// Datagrams to /dev/log are what syslog(3) sends; they are printed behind what the command said.
const logged = `
import os, socket, subprocess, sys
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind('/dev/log')
log.setblocking(False)
done = subprocess.run(sys.argv[1:], stdin=sys.stdin)
try:
    while True:
        sys.stdout.write('LOG ' + log.recv(65536).decode(errors='replace').replace('\\0', '').strip() + '\\n')
except BlockingIOError:
    pass
sys.exit(done.returncode)
`;

/**
 * Runs a shell script where /etc is a copy that holds these files besides. The script's output is followed by what it logged.
 * @param {Stage} stage @param {readonly { name: string, text: string }[]} files paths below /etc @param {string} script @param {string} [input]
 */
export function inside(stage, files, script, input = '') {
  const S = stage.folder;
  for (const { name, text } of files) {
    run('mkdir', ['-p', stage.path('own', name, '..')]);
    writeFileSync(stage.path('own', name), text);
  }
  writeFileSync(stage.path('logged.py'), logged);
  return run('unshare', ['-m', '--', 'sh', '-c', `${enter}\nexec /usr/bin/python3 "$S/logged.py" sh -c "$1"`, 'sh', script], {
    env: { S, P: password, LC_ALL: 'C' },
    input,
    milliseconds: 30_000,
  });
}

/** Whether a copy of /etc can be put in place of the real one here. */
export const possible = () => isAdministrator() && run('unshare', ['-m', '--', 'sh', '-c', 'mount --make-rprivate / && mount -t tmpfs none /run']).status === 0;
