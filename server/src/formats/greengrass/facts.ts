import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import { isCredential, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, type Setting } from '#engine/setting.js';
import { madeElsewhere, type Place, type Yaml } from '#notations/yaml.js';
import { componentsOf, rootOf, trueFalse } from './components.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

/** The broker that the bridge speaks to, and the page of the debug console. Towards AWS the core always encrypts. */
export function channels(yaml: Yaml): readonly ChannelFact[] {
  return componentsOf(yaml).flatMap(({ name, settings }): readonly ChannelFact[] => {
    if (name === 'aws.greengrass.clientdevices.mqtt.Bridge') return bridge(settings);
    const https = settings.get('httpsEnabled');
    if (name !== 'aws.greengrass.LocalDebugConsole' || !https.exists) return [];
    const on = setting(https.slot, trueFalse, { because: '' });
    const protection: Setting<Protection> =
      on.kind === 'undetermined' ? on : { ...on, value: on.value ? 'encrypted' : 'none', write: (wanted) => on.write(wanted === 'encrypted') };
    return [{ label: 'The debug console', span: https.head, role: 'listens', protocol: 'http', port: 1441, protection }];
  });
}

function bridge(settings: Place): readonly ChannelFact[] {
  const uri = ['brokerUri', 'brokerServerUri'].map((name) => settings.get(name)).find(({ exists }) => exists);
  const match = /^(tcp|ssl|mqtts?):\/\/(\[[^\]]{1,60}\]|[^/\s:]{1,255})/i.exec(uri?.text ?? '');
  const open = uri && !match ? madeElsewhere(uri) : undefined;
  if (open) return [{ label: 'The bridge to the local broker', span: open.span, role: 'connects', protocol: 'mqtt', reach: open, protection: open }];
  if (!uri || !match) return [];
  const [, scheme, host] = match as unknown as [string, string, string];
  const plain = /^(tcp|mqtt)$/i.test(scheme);
  return [
    {
      label: 'The bridge to the local broker',
      span: uri.head,
      role: 'connects',
      protocol: 'mqtt',
      address: host,
      reach: known(isThisMachine(host) ? 'loopback' : 'network', uri.head),
      protection: {
        ...known<Protection>(plain ? 'none' : 'encrypted', uri.head, (wanted) =>
          wanted === 'encrypted' ? uri.put(uri.text!.replace(/^\w+:/, 'ssl:').replace(/:1883(?!\d)/, ':8883')) : [],
        ),
        caution: 'The broker must listen with TLS, on 8883 as a rule.',
      },
    },
  ];
}

/** The tools AWS gives to developers: whoever reaches them deploys programs, or reads the log of all. */
const tools: ReadonlyMap<string, string> = new Map([
  ['aws.greengrass.Cli', 'The command line on the device'],
  ['aws.greengrass.LocalDebugConsole', 'The debug console'],
]);

export function software(yaml: Yaml): readonly (Fact & Fields<SoftwareFields>)[] {
  return componentsOf(yaml).flatMap(({ name, place }) => {
    const label = place.parent ? tools.get(name) : undefined;
    return label === undefined ? [] : [{ label, span: place.head, debug: known(true, place.head, (open) => (open ? [] : place.remove())) }];
  });
}

/** The credentials among settings and variables. */
export function secrets(yaml: Yaml): readonly (Fact & SecretUse & Fields<SecretFields>)[] {
  const root = rootOf(yaml);
  return root
    ? [...root.descend()].flatMap((place) => {
        if (!place.pair || place.text === undefined || place.text.startsWith('{') || !isCredential(place.key, place.text)) return [];
        return [{ label: 'This file', span: place.head, what: `the credential ${place.key}`, kept: known<SecretFields['kept']>('clear', place.head) }];
      })
    : [];
}
