import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { isStandIn, Secret, type SecretFields } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { parseDirectives, slot, type Dialect, type Directives } from '#notations/directives.js';
import { channels } from './channels.js';

/** hostapd reads a line up to its end as it is: no quotes, no comment behind a value. */
const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'equals', separator: '=' };

const secrets: Readonly<Record<string, string>> = table({
  wpa_passphrase: 'the Wi-Fi password',
  wpa_psk: 'the key of the Wi-Fi network',
  sae_password: 'the Wi-Fi password',
  ap_pin: 'the PIN of the access point',
  private_key_passwd: 'the password of the private key',
  auth_server_shared_secret: 'the secret of the RADIUS server',
  acct_server_shared_secret: 'the secret of the RADIUS server',
  multi_ap_backhaul_wpa_passphrase: 'the password of the backhaul',
});

/** What the commented hostapd.conf, FreeRADIUS and the guides to access points fill in. */
const printed = new Set([
  'secret passphrase',
  'secret',
  'secret2',
  'testing123',
  '12345678',
  '123456789',
  '1234567890',
  'password',
  'raspberry',
  '12345670',
  '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
]);

export default format<Directives>({
  title: 'hostapd',
  files: [
    {
      named: ['**/hostapd.conf', '**/hostapd[-_.]*.conf', '**/hostapd/*.conf', '**/*.hostapd.conf', '**/*hostapd*.conf'],
      saying: /^(?:interface|ssid2?|wpa|driver|hw_mode|bss|wpa_passphrase|channel)=/m,
    },
    { named: ['**/*.conf'], saying: (head) => /^ssid2?=/m.test(head) && /^interface=/m.test(head) && /^(?:hw_mode|wpa|auth_algs|channel)=/m.test(head) },
  ],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, channels),
    lowering(Secret, (file) => file.directives.flatMap(({ name, value, span }) => {
      const what = secrets[name];
      const shipped = printed.has(value);
      // RADIUS has no other place for its secret than this file.
      if (what === undefined || isStandIn(value) || (name.endsWith('_shared_secret') && !shipped)) return [];
      return [{ label: 'The access point', span, what, kept: known<SecretFields['kept']>(shipped ? 'default' : 'clear', span) }];
    })),
    lowering(AuditTrail, (file) => {
      const last = (name: string) => file.directives.filter((directive) => directive.name === name).at(-1);
      const syslog = last('logger_syslog');
      if (!syslog) return [];
      const silent = syslog.value === '0' && last('logger_stdout')?.value === '0';
      const write = (on: boolean) => (on ? slot(file, file, 'logger_syslog', { wins: 'last' }).write('-1') : []);
      return [{ label: 'The access point', span: syslog.span, enabled: known(!silent, syslog.span, write) }];
    }),
  ],
});
