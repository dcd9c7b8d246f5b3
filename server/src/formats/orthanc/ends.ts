import { isThisMachine } from '#concepts/network-names.js';
import type { Analysis } from '#engine/analysis.js';
import { known, observe, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { integer } from '#engine/codec.js';
import { elements, nodeAt, placeOf, properties, property, slot, replaced, spanOf, type Json, type Node } from '#notations/json.js';
import { isEnvironment, isLeft, isOff, onOff, option, remoteAccess, source } from './reading.js';

const asReach = (remote: boolean): 'loopback' | 'network' => (remote ? 'network' : 'loopback');
const asProtection = (on: boolean): 'none' | 'encrypted' => (on ? 'encrypted' : 'none');

const httpCaution = 'SslCertificate must name a PEM file with certificate and key. Not on Debian 12: its Orthanc 1.10.1 does not start with TLS, or with libssl-dev installed crashes on the first request; there keep RemoteAccessAllowed off and put a TLS proxy in front.';
const dicomCaution = 'DicomTlsCertificate, DicomTlsPrivateKey and DicomTlsTrustedCertificates must name PEM files, and every modality must speak DICOM TLS, or Orthanc and the modalities stop talking.';

/** The web server: its REST interface, viewer and uploads. */
export function web(analysis: Analysis<Json>) {
  if (isLeft(analysis, 'SslEnabled') || isOff(option(analysis, 'HttpServerEnabled', true))) return [];
  const tls = option(analysis, 'SslEnabled', false);
  const version = stated(slot(analysis.tree, ['SslMinimumProtocolVersion'], 'literal'), integer);
  return [{
    label: 'The Orthanc web server',
    span: tls.span,
    role: 'listens' as const,
    protocol: 'http',
    port: Number(slot(analysis.tree, ['HttpPort'], 'literal').raw ?? 8042),
    reach: observe(remoteAccess(analysis), asReach),
    protection: tls.kind === 'undetermined' ? tls : { ...tls, value: asProtection(tls.value) as Protection, write: (wanted: Protection) => tls.write(wanted === 'encrypted'), caution: httpCaution },
    leastVersion: isOff(tls) ? undefined : version?.kind === 'undetermined' ? version : version
      ? { ...version, value: (['SSLv2', 'SSLv3', '1.0', '1.1', '1.2', '1.3'] as const)[version.value] ?? '1.2', write: (wanted: string) => version.write(wanted === '1.3' ? 5 : 4) }
      : undefined,
  }];
}

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** The DICOM server. It answers on every address, whatever RemoteAccessAllowed says (observed with 1.10.1). */
export function dicom(analysis: Analysis<Json>) {
  if (isLeft(analysis, 'DicomTlsEnabled') || isOff(option(analysis, 'DicomServerEnabled', true))) return [];
  const tls = option(analysis, 'DicomTlsEnabled', false);
  return [{
    label: 'The Orthanc DICOM server',
    span: tls.span,
    role: 'listens' as const,
    protocol: 'dicom',
    port: Number(slot(analysis.tree, ['DicomPort'], 'literal').raw ?? 4242),
    protection: tls.kind === 'undetermined' ? tls : { ...tls, value: asProtection(tls.value) as Protection, write: (wanted: Protection) => tls.write(wanted === 'encrypted'), caution: dicomCaution },
    peerVerified: tls.kind !== 'undetermined' && tls.value ? option(analysis, 'DicomTlsRemoteCertificateRequired', true) : undefined,
  }];
}

/** The modalities Orthanc sends to: `[AET, host, port]`, or an object that can ask for TLS. */
export function modalities({ tree }: Analysis<Json>) {
  return properties(nodeAt(tree, ['DicomModalities'])).map(({ name, value, span }) => {
    const isObject = value.type === 'object';
    const host = String((isObject ? property(value, 'Host')?.children?.[1] : elements(value)[1])?.value ?? '');
    const head = nameSpan(value) ?? span;
    return {
      label: `The connection to the modality ${name}`,
      span: head,
      role: 'connects' as const,
      protocol: 'dicom',
      address: host,
      reach: reachOf(host, head),
      protection: isObject
        ? observeProtection(setting(slot(tree, ['DicomModalities', name, 'UseDicomTls'], 'literal'), onOff, { value: false, source }))
        : known<Protection>('none', head),
    };
  });
}

/** The web service that the Authorization plug-in asks whether somebody may come in. */
export function authorizer({ tree }: Analysis<Json>) {
  const names = ['WebServiceRootUrl', 'WebServiceTokenValidationUrl', 'WebServiceUserProfileUrl', 'WebService'];
  const url = names.map((name) => nodeAt(tree, ['Authorization', name])).find((node) => node?.type === 'string');
  const match = /^(https?):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(String(url?.value ?? ''));
  if (!url || !match) return [];
  return [{
    label: 'The connection to the authorization service', span: placeOf(url), role: 'connects' as const, protocol: 'http', address: match[2]!,
    reach: reachOf(match[2]!, placeOf(url)),
    protection: known<Protection>(match[1]!.toLowerCase() === 'https' ? 'encrypted' : 'none', placeOf(url)),
  }];
}

/** Other Orthanc servers and DICOMweb servers this one talks to. */
export function peers(analysis: Analysis<Json>) {
  const verify = option(analysis, 'HttpsVerifyPeers', true);
  return [['OrthancPeers'], ['DicomWeb', 'Servers']].flatMap((path) => properties(nodeAt(analysis.tree, path)).flatMap(({ name, value }) => {
    const url = value.type === 'object' ? property(value, 'Url')?.children?.[1] : elements(value)[0];
    if (url?.type !== 'string') return [];
    const address = String(url.value);
    const host = /^https?:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(address)?.[1] ?? '';
    const encrypted = /^https:/i.test(address);
    return [{
      label: `The connection to ${name}`,
      span: value.type === 'object' ? placeOf(url) : spanOf(url),
      role: 'connects' as const,
      protocol: path[0] === 'DicomWeb' ? 'dicomweb' : 'http',
      address: host,
      reach: reachOf(isEnvironment(address) ? '${}' : host, spanOf(url)),
      protection: known<Protection>(encrypted ? 'encrypted' : 'none', spanOf(url), (wanted) =>
        wanted === 'encrypted' && /^"http:/i.test(analysis.text.slice(url.offset, url.offset + 6))
          ? replaced(analysis.tree, { start: url.offset + 1, end: url.offset + 5 }, 'https') : []),
      peerVerified: encrypted ? verify : undefined,
    }];
  }));
}

function reachOf(host: string, span: { start: number; end: number }): Setting<'loopback' | 'network'> {
  if (isEnvironment(host) || host === '${}' || host === '') return undetermined(span, 'the host is not stated here');
  return known(isThisMachine(host) ? 'loopback' : 'network', span);
}

function observeProtection(tls: Setting<boolean>): Setting<Protection> {
  return tls.kind === 'undetermined' ? tls : { ...tls, value: asProtection(tls.value), write: (wanted) => tls.write(wanted === 'encrypted'), caution: 'The modality must speak DICOM TLS, on its TLS port.' };
}

function nameSpan(value: Node) {
  const name = value.parent?.type === 'property' ? value.parent.children?.[0] : undefined;
  return name && spanOf(name);
}
