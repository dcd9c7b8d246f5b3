import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { Session } from '#concepts/session.js';
import { format, lowering } from '#engine/format.js';
import { known, translate } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { ciphers, weakIn } from './algorithms.js';
import { inclusionsOf } from './includes.js';
import { logLevel, rootLogin, secondFactor, sessionIdle, tries, yes } from './meanings.js';
import { parse } from './lines.js';
import { bindsAll, read, scopes, type Scope } from './reading.js';

export default format<Directives>({
  title: 'OpenSSH server',
  files: [
    '**/sshd_config',
    '**/sshd_config.d/*.conf',
    { named: ['**/*sshd*.conf', '**/*sshd_config'], saying: /^[ \t]*(?:PermitRootLogin|PermitEmptyPasswords|AuthorizedKeysFile|ClientAliveInterval|Subsystem[ \t]+sftp|UsePAM|MaxAuthTries)\b/im },
  ],
  parse,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: inclusionsOf,
  facts: [
    lowering(Channel, (_file, analysis) => scopes.select(analysis).filter(bindsAll).map(listening)),
    lowering(Login, (_file, analysis) => scopes.select(analysis).map((scope) => ({
      label: scope.label,
      span: spanOf(scope),
      root: rootLogin(scope),
      emptyPassword: read(scope, 'PermitEmptyPasswords', yes, { value: false }),
      secondFactor: secondFactor(scope),
    }))),
    lowering(Lockout, (_file, analysis) => scopes.select(analysis).map((scope) => ({
      label: `One connection to ${scope.label.replace(/^The/, 'the')}`,
      span: spanOf(scope),
      attempts: tries(scope),
    }))),
    lowering(Session, (_file, analysis) => scopes.select(analysis).map((scope) => ({ label: `A shell on ${scope.label.replace(/^The/, 'the')}`, span: spanOf(scope), idle: sessionIdle(scope) }))),
    lowering(AuditTrail, (_file, analysis) => scopes.select(analysis).map((scope) => {
      const level = read(scope, 'LogLevel', logLevel, { value: 'INFO' });
      return {
        label: `The log-in record of ${scope.label.replace(/^The/, 'the')}`,
        span: spanOf(scope),
        enabled: level && translate(level, (word) => !/^(?:QUIET|FATAL|ERROR)$/.test(word), (on) => (on ? 'VERBOSE' as const : 'QUIET' as const)),
      };
    })),
  ],
});

const spanOf = ({ section }: Scope) => section.head?.span ?? { start: 0, end: 0 };

function listening(scope: Scope) {
  const span = spanOf(scope);
  const of = (name: string) => scope.section.directives.filter((directive) => directive.name === name);
  const addresses = of('listenaddress').map(({ value }) => value);
  const loopback = addresses.length > 0 && addresses.every((address) => isThisMachine(address.split(/\s/)[0]!));
  const port = of('port')[0]?.value;
  return {
    label: scope.label,
    span,
    role: 'listens' as const,
    protocol: 'ssh',
    port: port !== undefined && /^\d{1,5}$/.test(port) ? Number(port) : scope.kind === 'main' ? 22 : undefined,
    address: addresses[0],
    reach: known<'loopback' | 'network'>(loopback ? 'loopback' : 'network', span),
    protection: scope.kind === 'main' ? known<'none' | 'opportunistic' | 'encrypted'>('encrypted', span) : undefined,
    weakCiphers: weakIn(scope, ['Ciphers'], ciphers),
  };
}
