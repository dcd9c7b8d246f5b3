import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Firewall } from '#concepts/firewall.js';
import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { Opening } from '#concepts/opening.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Port } from '#concepts/port.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import { parseIos, type IosConfig, type IosDialect } from '#notations/ios.js';
import { auditTrails, backups, lockouts, logins, passwordPolicies, ports, sessions } from './access.js';
import { channels } from './channels.js';
import { isIos } from './device.js';
import { firewalls, openings } from './firewall.js';
import { secrets } from './secrets.js';
import { tunnels } from './tunnels.js';

const dialect: IosDialect = { comment: '!', banner: 'delimiter' };

export default format<IosConfig>({
  title: 'Cisco IOS and IOS XE',
  files: [
    { named: ['**/*.cfg', '**/*.conf', '**/*.config', '**/*.ios', '**/*.txt', '**/*-confg', '**/{running,startup}-config*', '**/show_run*'], saying: isIos },
  ],
  parse: (text) => parseIos(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `! ${text}`,
  facts: [
    lowering(Channel, channels),
    lowering(Secret, secrets),
    lowering(Login, logins),
    lowering(Session, sessions),
    lowering(Lockout, lockouts),
    lowering(PasswordPolicy, passwordPolicies),
    lowering(Port, ports),
    lowering(AuditTrail, auditTrails),
    lowering(Backup, backups),
    lowering(Firewall, firewalls),
    lowering(Opening, openings),
    lowering(Tunnel, tunnels),
  ],
});
