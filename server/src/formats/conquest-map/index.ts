import { Channel, type ChannelFields } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { removal } from '#notations/directives.js';
import { parseKnownSystems, type KnownSystem, type KnownSystems } from './known-systems.js';

const named = ({ title }: KnownSystem) => (/^[\w.*-]{1,20}$/.test(title) ? title : 'with an unusual title');

export default format<KnownSystems>({
  title: 'Conquest known systems (acrnema.map)',
  files: ['**/acrnema.map'],
  parse: (text) => parseKnownSystems(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    // An AE title proves nothing. With `*` for the host it also decides where the images go: the title or the caller's own address fills it in.
    lowering(Login, (file) => file.systems.map((system) => ({
      label: `The entry ${named(system)}`,
      span: system.span,
      anonymous: {
        ...known(system.host === '*', system.span, (open) => (open ? [] : [removal(file.text, system.span)])),
        caution: 'Systems that fetch images must be listed before, each with its title, host and port.',
      },
    }))),
    lowering(Channel, (file) => file.systems.filter(({ host }) => !host.includes('*')).map((system) => ({
      label: `The connection to ${named(system)}`,
      span: system.span,
      role: 'connects' as const,
      protocol: 'dicom',
      address: system.host,
      port: system.port,
      reach: known<ChannelFields['reach']>(isThisMachine(system.host) ? 'loopback' : 'network', system.span),
      protection: known<ChannelFields['protection']>('none', system.span),
    }))),
  ],
});
