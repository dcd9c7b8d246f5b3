import { Channel } from '#concepts/channel.js';
import { isStandIn, Secret, type SecretFields } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { commentsOf, parseJson, type Json } from '#notations/json.js';
import { channels } from './channels.js';
import { entries } from './reading.js';

export default format<Json>({
  title: 'Mbed OS application',
  files: [{ named: ['**/mbed_app.json', '**/mbed_app*.json5', '**/mbed_app[-_.]*.json'], saying: /"(?:target_overrides|config|macros|requires)"\s*:/ }],
  parse: parseJson,
  comments: commentsOf,
  comment: (text) => `// ${text}`,
  facts: [
    lowering(Channel, channels),
    lowering(Secret, (file) => entries(file).flatMap(({ name, value, span }) => {
      if (!/(?:password|passphrase|psk|token|api-key|secret|sim-pin)$/i.test(name)) return [];
      if (isStandIn(value) || /^(?:null|true|false|\d{1,3})$/.test(value)) return [];
      const what = /wifi/.test(name) ? 'the Wi-Fi password' : /mqtt/.test(name) ? 'the MQTT password' : 'a credential';
      return [{ label: `The setting ${name}`, span, what, kept: known<SecretFields['kept']>('clear', span) }];
    })),
  ],
});
