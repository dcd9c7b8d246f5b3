import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseHocon, type Hocon } from '#notations/hocon.js';
import { auditTrails, logins, secrets } from './facts.js';
import { channels } from './listeners.js';

const server =
  /^[ \t]*(listeners?\.(tcp|ssl|ws|wss|quic)\b|listeners[ \t]*[{=]|node[ \t]*\{|node\.(cookie|name)\b|dashboard([ \t]*\{|\.(listeners?|default_)))/m;
/** What a file that bears the broker's name may hold alone: bridges to other brokers, named without a scheme. */
const bridges = /^[ \t]*(bridges|connectors)\.mqtt\.[\w-]+[ \t]*[{=][^}]{0,2000}?\bserver[ \t]*[=:][ \t]*"?[\w.-]+:\d/m;

/** A web server's file about EMQX has the same name; the broker's own has one of its sections. */
const isBroker = (head: string) => server.test(head) && !/^[ \t]*(server|upstream|location)[ \t][^=]*\{/m.test(head);

export default format<Hocon>({
  title: 'EMQX broker',
  files: [
    {
      named: ['**/emqx.conf', '**/emqx*.conf', '**/emqx*/**/*.conf', '**/emqx*/**/*.hocon', '**/emqx*.hocon'],
      saying: (head) => isBroker(head) || bridges.test(head),
    },
    { named: ['**/base.hocon', '**/cluster.hocon', '**/cluster-override.conf', '**/local-override.conf'], saying: isBroker },
  ],
  parse: (text) => parseHocon(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Channel, channels), lowering(Login, logins), lowering(Secret, secrets), lowering(AuditTrail, auditTrails)],
});
