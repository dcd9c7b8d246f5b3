import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, setting, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { firstLine, literalAt, memberAt, nearestTo, obscuredAt, slot, type Exported, type Literal } from '#notations/object-literal.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;

/** Where the defaults are from: the settings the package ships, and what a program without settings does. */
export const source = documented('Node-RED', '1.0 to 5.0', 'settings.js');

/** Whether a value switches something off: it is written out as nothing. */
export const isNothing = (value: Literal | undefined): boolean =>
  value === undefined || (value.kind === 'word' && value.raw !== 'true') || (value.kind === 'string' && value.raw === '');

/** The editor, the interface behind it and the pages of the flows share one server. */
export function channels(file: Exported): readonly ChannelFact[] {
  return [...(file.root ? [server(file)] : []), ...unchecked(file)];
}

function server(file: Exported): ChannelFact {
  const member = memberAt(file, ['https']);
  const because = obscuredAt(file, ['https']);
  const span = member ? firstLine(file, member) : nearestTo(file, ['https']);
  const port = literalAt(file, ['uiPort']);
  const protection: Setting<ChannelFields['protection']> =
    because !== undefined
      ? undetermined(span, because)
      : !member
        ? { kind: 'default', value: 'none', span, source, write: () => [] }
        : known(isNothing(member.value) ? 'none' : 'encrypted', span);
  return {
    label: 'The Node-RED web server',
    span,
    role: 'listens',
    protocol: 'http',
    port: port?.kind === 'number' ? Number(port.raw) : 1880,
    reach: reachOf(file),
    protection,
    leastVersion: leastVersion(file),
  };
}

/** Without `uiHost` the server answers on every address. */
export function reachOf(file: Exported): Setting<'loopback' | 'network'> {
  const host = slot(file, ['uiHost'], 'string');
  if (host.obscured !== undefined) return undetermined(host.span, host.obscured);
  return known(host.raw !== undefined && isThisMachine(host.raw) ? 'loopback' : 'network', host.span);
}

const spelled: Readonly<Record<string, TlsVersion>> = table({ TLSv1: '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' });

/** `minVersion` of tls.createSecureContext, where the file states it. */
function leastVersion(file: Exported): Setting<TlsVersion> | undefined {
  const place = slot(file, ['https', 'minVersion'], 'string');
  if (!memberAt(file, ['https', 'minVersion'])) return undefined;
  return setting<TlsVersion>(place, { read: (raw) => spelled[raw], print: (version) => (version === '1.3' ? 'TLSv1.3' : 'TLSv1.2') }, { because: '' });
}

/** One line switches off the check of every certificate that any flow is shown. */
function unchecked(file: Exported): readonly ChannelFact[] {
  return file.assignments
    .filter(({ target }) => target === 'process.env.NODE_TLS_REJECT_UNAUTHORIZED')
    .map((line) => {
      const span = { start: line.start, end: line.end };
      const quoted = /^["'`]/.test(file.text[line.value.start] ?? '');
      return {
        label: 'Every connection of the flows',
        span,
        role: 'connects',
        protocol: 'https',
        peerVerified: !quoted && /^[^\d]/.test(line.raw) ? undetermined(span, 'an expression decides it') : known(line.raw !== '0', span, (wanted) =>
          wanted ? [{ ...line.value, text: quoted ? file.text[line.value.start]! + '1' + file.text[line.value.start]! : '1' }] : [],
        ),
      };
    });
}
