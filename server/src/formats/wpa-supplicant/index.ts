import { Channel } from '#concepts/channel.js';
import { Login, type LoginFields } from '#concepts/login.js';
import { isStandIn, Secret, type SecretFields } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { parseDirectives, type Dialect, type Directive, type Directives } from '#notations/directives.js';
import { channels } from './channels.js';
import { isPersonal, networks } from './networks.js';

/** wpa_supplicant reads `name=value`; text is in double quotes, hexadecimal is not, and a `#` outside quotes begins a comment. */
const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'equals', separator: '=', quotes: '"' };

const secrets: Readonly<Record<string, string>> = table({
  psk: 'the Wi-Fi password',
  sae_password: 'the Wi-Fi password',
  password: 'the password of the Wi-Fi log-in',
  private_key_passwd: 'the password of the private key',
  private_key2_passwd: 'the password of the private key',
  pin: 'the PIN of the SIM card',
  wep_key0: 'the WEP key', wep_key1: 'the WEP key', wep_key2: 'the WEP key', wep_key3: 'the WEP key',
});

/** Text in quotes is a password; 64 hexadecimal digits, `hash:` and `ext:` keep it, or point to it. */
function keptAs({ name, value, valueSpan }: Directive, text: string): SecretFields['kept'] {
  const quoted = text[valueSpan.start] === '"';
  if (value.startsWith('hash:')) return 'hashed';
  if (value.startsWith('ext:')) return 'referenced';
  if (name === 'psk' && !quoted) return 'hashed';
  return value === 'very secret passphrase' ? 'default' : 'clear';
}

/** Manual pages, scripts and programs show networks, and bear the name of the program. */
const aboutNetworks = /^\s*(?:<[!?a-z]|#!|#include|\/[/*])|^```|^\.\\"/i;

export default format<Directives>({
  title: 'wpa_supplicant',
  files: [{ named: ['**/*.conf', '**/*wpa_supplicant*'], saying: (head) => /^[ \t]*network=\{/m.test(head) && !aboutNetworks.test(head) }],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, channels),
    lowering(Secret, (file) => networks(file).list.flatMap(({ label, section }) => section.directives.flatMap((directive) => {
      const what = secrets[directive.name];
      return what === undefined || isStandIn(directive.value) ? [] : [{
        label,
        span: directive.span,
        what,
        kept: known(keptAs(directive, file.text), directive.span),
      }];
    }))),
    lowering(Login, (file) => networks(file).list.flatMap((network) => {
      const methods = network.words('eap');
      if (!methods || !isPersonal(network)) return [];
      const weak = methods.filter((method) => ['MD5', 'LEAP', 'MSCHAPV2', 'GTC', 'OTP'].includes(method));
      const span = network.find('eap')!.span;
      return [{
        label: `The log-in to ${network.label.replace(/^The/, 'the')}`,
        span,
        method: known<LoginFields['method']>(weak.length > 0 ? 'weak' : 'strong', span),
      }];
    })),
  ],
});
