import { Channel } from '#concepts/channel.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import { privileges, secrets } from './access.js';
import { inclusionsOf, parseOpenVpn, wholeOf, type OpenVpn } from './file.js';
import { channels, tunnels } from './tunnel.js';

/** `dev tun` or `tap`, and an option that only OpenVPN has. */
const saying = (head: string) => /^[ \t]*(?:--)?dev(?:-type)?[ \t]+(?:tun|tap|null)/m.test(head)
  && /^[ \t]*(?:--)?(?:client|remote[ \t]+\S|server[ \t]+\d|server-bridge|tls-server|tls-client|ifconfig[ \t]+\d|secret[ \t]+\S|<(?:ca|secret)>)/m.test(head);

export default format<OpenVpn>({
  title: 'OpenVPN',
  files: ['**/*.ovpn', { named: ['**/*.conf'], saying }],
  parse: parseOpenVpn,
  comments: ({ comments }) => comments,
  comment: (text) => `# ${text}`,
  includes: inclusionsOf,
  facts: [
    lowering(Tunnel, (_vpn, analysis) => tunnels(wholeOf(analysis))),
    lowering(Channel, (_vpn, analysis) => channels(wholeOf(analysis))),
    lowering(Secret, (vpn) => secrets(vpn)),
    lowering(Privilege, (_vpn, analysis) => privileges(wholeOf(analysis))),
  ],
});
