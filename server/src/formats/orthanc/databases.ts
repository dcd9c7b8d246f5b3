import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { nodeAt, placeOf, slot, type Json } from '#notations/json.js';
import { isEnvironment, onOff } from './reading.js';

type End = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

const caution = 'The database server needs a certificate, and the MySQL plug-in the authority behind it in SslCACertificates.';

const plugins = [['PostgreSQL', 'postgresql'], ['MySQL', 'mysql']] as const;

/**
 * The databases of the plug-ins, where the file lets one keep the index or the images: without either it is not asked. PostgreSQLParameters.cpp
 * and MySQLParameters.cpp of the plug-ins: `EnableSsl` is false and `Host` is localhost unless stated.
 */
export function databases(file: Json): readonly End[] {
  return plugins.flatMap(([section, protocol]): readonly End[] => {
    const used = ['EnableIndex', 'EnableStorage'].some((name) => nodeAt(file, [section, name])?.value === true);
    if (!used) return [];
    const uri = slot(file, [section, 'ConnectionUri'], 'string');
    const way = section === 'PostgreSQL' && uri.raw ? byUri(file, uri.raw) : byHost(file, section);
    return [{ label: 'The connection to the database of Orthanc', role: 'connects', protocol, ...way }];
  });
}

type Way = Pick<End, 'span' | 'address' | 'reach' | 'protection' | 'peerVerified'>;

function byHost(file: Json, section: string): Way {
  const host = slot(file, [section, 'Host'], 'string');
  const tls = setting(slot(file, [section, 'EnableSsl'], 'literal'), onOff, { value: false, source: documented(`Orthanc's ${section} plug-in`, '2.0 to 10.0', `${section}Parameters.cpp`) });
  const verified = stated(slot(file, [section, 'SslVerifyServerCertificates'], 'literal'), onOff);
  return {
    span: tls.span,
    address: host.raw,
    reach: reachOf(host.raw ?? 'localhost', host.span),
    protection: tls.kind === 'undetermined' ? tls : {
      ...tls, value: tls.value ? 'encrypted' : 'none', write: (wanted: Protection) => tls.write(wanted === 'encrypted'), caution,
    },
    // The plug-in of PostgreSQL asks for `sslmode=require`, which encrypts and checks nothing, and has no option to check more.
    ...(section === 'MySQL' && tls.kind !== 'undetermined' && tls.value && verified && { peerVerified: verified }),
  };
}

/** libpq, `sslmode`: `prefer` unless stated. */
function byUri(file: Json, uri: string): Way {
  const span = placeOf(nodeAt(file, ['PostgreSQL', 'ConnectionUri'])!);
  const host = /^postgres(?:ql)?:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(uri)?.[1] ?? '';
  const mode = /[?&]sslmode=([\w-]+)/i.exec(uri)?.[1]?.toLowerCase() ?? 'prefer';
  const protection: Protection = mode === 'disable' ? 'none' : mode === 'allow' || mode === 'prefer' ? 'opportunistic' : 'encrypted';
  return {
    span, address: host, reach: reachOf(host, span),
    protection: isEnvironment(uri) ? undetermined(span, 'the connection comes from the environment') : known(protection, span),
  };
}

function reachOf(host: string, span: { start: number; end: number }): Setting<'loopback' | 'network'> {
  if (isEnvironment(host)) return undetermined(span, 'the host of the database comes from the environment');
  return known(host === '' || host.startsWith('/') || isThisMachine(host) ? 'loopback' : 'network', span);
}
