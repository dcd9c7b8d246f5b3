import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret, isStandIn } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { childrenOf, descend, parseXml, textOf, type Xml } from '#notations/xml.js';
import { networks, peerVerified, protection, weakCiphers, weakInner } from './networks.js';

export default format<Xml>({
  title: 'Windows Wi-Fi profile',
  files: [{ named: ['**/*.xml', '**/*.wlanprofile'], saying: /<(?:\w+:)?WLANProfile[\s>][^>]{0,400}microsoft\.com\/networking\/WLAN\/profile\// }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Channel, (file) => networks(file).map((network) => ({
      label: network.label, span: network.pair.tag, role: 'connects' as const, protocol: 'wi-fi',
      protection: protection(file, network), weakCiphers: weakCiphers(file, network), peerVerified: peerVerified(file, network),
    }))),
    lowering(Login, (file) => networks(file).flatMap((network) => {
      const method = weakInner(file, network);
      return method ? [{ label: network.label, span: method.span, method }] : [];
    })),
    lowering(Secret, (file) => networks(file).flatMap(({ security }) => childrenOf(security, 'sharedKey').flatMap((key) => {
      const material = descend(key, 'keyMaterial');
      const sealed = descend(key, 'protected');
      if (!material || isStandIn(textOf(file, material))) return [];
      const kept: 'clear' | 'hashed' = sealed && textOf(file, sealed).toLowerCase() === 'true' ? 'hashed' : 'clear';
      return [{ label: 'This file', span: material.tag, what: 'the key of the Wi-Fi network', kept: known<'clear' | 'hashed'>(kept, material.tag) }];
    }))),
  ],
});
