import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import { isAddress, isInternalName, isPrivateAddress, isPublicName, leavesMachine } from '#concepts/network-names.js';
import { oneOf } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Span } from '#engine/text.js';
import { checkByVariable, protectionByVariable, trustsByOption } from '#notations/container-variables.js';
import { connectionOf } from '#notations/containers.js';
import { certificateAnnotations } from '#notations/kubernetes-annotations.js';
import { Text, type Place, type Yaml } from '#notations/yaml.js';
import { controlPlaneChannels } from './control-plane.js';
import { environmentsOf } from './environment.js';
import { reference, annotation, containersOf, objectsOf, podsOf, trueFalse, type KubernetesObject } from './objects.js';

export type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = 'none' | 'opportunistic' | 'encrypted';

/** Every way in or out that a manifest states. */
export function channels(yaml: Yaml): readonly ChannelFact[] {
  return [...objectsOf(yaml).flatMap((object) => (Object.hasOwn(byKind, object.kind) ? byKind[object.kind]!(object) : [])), ...environment(yaml), ...byVariables(yaml), ...trusting(yaml), ...networkFiles(yaml), ...controlPlaneChannels(yaml)];
}

const byKind: Readonly<Record<string, (object: KubernetesObject) => readonly ChannelFact[]>> = table({
  Ingress: ingress, Gateway: gateway, Route: route, PeerAuthentication: mesh, DestinationRule: destination, Service: service, Config: kubeconfig, PersistentVolume: persistentVolume, HTTPProxy: () => [], APIService: apiService,
});

function ingress(object: KubernetesObject): readonly ChannelFact[] {
  const { root, label, group } = object;
  if (group !== 'networking.k8s.io' && group !== 'extensions') return [];
  const tls = root.get('spec', 'tls');
  const rules = root.get('spec', 'rules').items;
  const annotations = root.get('metadata', 'annotations');
  const certificate = certificateAnnotations.find((name) => annotations.get(name).exists);
  const redirect = annotations.get('nginx.ingress.kubernetes.io/ssl-redirect');
  const forced = annotations.get('nginx.ingress.kubernetes.io/force-ssl-redirect');
  const covers = (host: string) => tls.items.some((item) => {
    const hosts = item.get('hosts');
    return hosts.items.length === 0 || hosts.incomplete !== undefined || hosts.items.some(({ text }) => text === undefined || text === host || (text.startsWith('*.') && host.endsWith(text.slice(1))));
  });
  return (rules.length > 0 ? rules : [root.get('spec')]).map((rule) => {
    const host = rule.get('host');
    const span = host.exists ? host.head : root.get('spec').head;
    const named = host.text ?? '';
    let protection: Setting<Protection>;
    if (tls.incomplete !== undefined || tls.obscured !== undefined) protection = undetermined(span, tls.obscured ?? tls.incomplete!);
    else if (host.obscured !== undefined && tls.exists) protection = undetermined(span, host.obscured);
    else if (covers(named)) {
      const clear = redirect.text === 'false' && forced.text !== 'true';
      protection = clear ? known<Protection>('opportunistic', redirect.head, (wanted) => (wanted === 'encrypted' ? redirect.put(new Text('true')) : [])) : known<Protection>('encrypted', span);
    } else if (certificate !== undefined) protection = undetermined(span, `the annotation ${certificate} lets the load balancer hold the certificate`);
    else if (annotations.incomplete !== undefined) protection = undetermined(span, annotations.incomplete);
    else protection = known<Protection>('none', span, (wanted) => (wanted === 'encrypted' ? tls.append({ ...(named !== '' && { hosts: [named] }), secretName: `${object.name || 'ingress'}-tls` }) : []));
    return { label: named === '' ? label : `${label}, for ${named},`, span, role: 'listens', protocol: 'http', protection };
  });
}

function gateway({ root, label, group }: KubernetesObject): readonly ChannelFact[] {
  const istio = group === 'networking.istio.io';
  const listeners = istio ? root.get('spec', 'servers').items : group === 'gateway.networking.k8s.io' ? root.get('spec', 'listeners').items : [];
  return listeners.flatMap((listener): readonly ChannelFact[] => {
    const protocol = listener.get(...(istio ? ['port', 'protocol'] : ['protocol']));
    const word = protocol.text?.toUpperCase();
    if (word === undefined) return [];
    const port = Number(listener.get(...(istio ? ['port', 'number'] : ['port'])).text);
    const clear = /^(HTTP|HTTP2|GRPC|MONGO|TCP)$/.test(word) && !listener.get('tls', 'mode').exists;
    if (word === 'TCP' && clear) return [];
    const least = stated(listener.get('tls', 'minProtocolVersion').slot, oneOf('TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'));
    const redirects = istio && trueFalse.read(listener.get('tls', 'httpsRedirect').text ?? '') === true;
    return [{
      label: `${label}, port ${port},`,
      span: protocol.head,
      role: 'listens',
      protocol: 'http',
      port,
      protection: known<Protection>(clear ? 'none' : 'encrypted', protocol.head),
      serves: redirects ? known('redirect', protocol.head) : clear && !istio ? undetermined(protocol.head, 'an HTTPRoute may do no more than redirect to HTTPS') : known('data', protocol.head),
      leastVersion: least && translate(least, (name): TlsVersion => `1.${name.at(-1)}` as TlsVersion, (wanted) => (wanted === '1.3' ? 'TLSV1_3' : 'TLSV1_2')),
    }];
  });
}

/** OpenShift. Without `tls` a route speaks HTTP; with `insecureEdgeTerminationPolicy: Allow` it speaks both. */
function route({ root, label, group }: KubernetesObject): readonly ChannelFact[] {
  if (group !== 'route.openshift.io') return [];
  const tls = root.get('spec', 'tls');
  const insecure = tls.get('insecureEdgeTerminationPolicy');
  const span = insecure.exists ? insecure.head : tls.exists ? tls.head : root.get('spec').head;
  const protection: Setting<Protection> = tls.obscured !== undefined ? undetermined(span, tls.obscured)
    : !tls.exists ? known<Protection>('none', span, (wanted) => (wanted === 'encrypted' ? tls.put({ termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' }) : []))
      : known<Protection>(insecure.text === 'Allow' ? 'opportunistic' : 'encrypted', span, (wanted) => (wanted === 'encrypted' ? insecure.put('Redirect') : []));
  return [{ label, span, role: 'listens', protocol: 'http', protection }];
}

/** Istio: without a mode the one of the namespace or mesh holds, whose own default is PERMISSIVE. */
function mesh({ root, label, group }: KubernetesObject): readonly ChannelFact[] {
  if (group !== 'security.istio.io') return [];
  const modes = [root.get('spec', 'mtls', 'mode'), ...root.get('spec', 'portLevelMtls').pairs.map((port) => port.get('mode'))];
  return modes.flatMap((place): readonly ChannelFact[] => {
    const mode = stated(place.slot, oneOf('STRICT', 'PERMISSIVE', 'DISABLE'));
    if (!mode) return [];
    return [{ label, span: mode.span, role: 'listens', protocol: 'mesh', protection: translate<'STRICT' | 'PERMISSIVE' | 'DISABLE', Protection>(mode, (word) => (word === 'STRICT' ? 'encrypted' : word === 'PERMISSIVE' ? 'opportunistic' : 'none'), (wanted) => (wanted === 'encrypted' ? 'STRICT' : wanted === 'none' ? 'DISABLE' : 'PERMISSIVE')) }];
  });
}

function destination({ root, label, group }: KubernetesObject): readonly ChannelFact[] {
  if (group !== 'networking.istio.io') return [];
  const tls = root.get('spec', 'trafficPolicy', 'tls');
  const mode = stated(tls.get('mode').slot, oneOf('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'));
  if (!mode) return [];
  const skip = stated(tls.get('insecureSkipVerify').slot, trueFalse);
  return [{
    label, span: mode.span, role: 'connects', protocol: 'mesh', address: root.get('spec', 'host').text,
    protection: translate<'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL', Protection>(mode, (word) => (word === 'DISABLE' ? 'none' : 'encrypted'), (wanted) => (wanted === 'encrypted' ? 'ISTIO_MUTUAL' : 'DISABLE')),
    ...(skip && { peerVerified: translate(skip, (off) => !off, (on) => !on) }),
  }];
}

/** Protocols whose port is also their promise to speak in clear. */
const clearPorts: ReadonlyMap<number, string> = new Map([[21, 'ftp'], [23, 'telnet'], [80, 'http'], [104, 'dicom'], [513, 'rlogin'], [1883, 'mqtt'], [2575, 'hl7'], [4242, 'dicom'], [8080, 'http'], [11112, 'dicom']]);

/** A service that is reached from outside the cluster on a port of a protocol without encryption. Inside, a mesh may encrypt. */
function service(object: KubernetesObject): readonly ChannelFact[] {
  const { root, label } = object;
  const type = root.get('spec', 'type').text;
  const outside = type === 'LoadBalancer' || type === 'NodePort';
  const ports = root.get('spec', 'ports').items;
  const numbers = ports.map((port) => Number(port.get('port').text));
  const certificate = ['service.beta.kubernetes.io/aws-load-balancer-ssl-cert', 'service.beta.kubernetes.io/do-loadbalancer-certificate-id', 'service.beta.kubernetes.io/oci-load-balancer-ssl-ports'].some((name) => annotation(object, name) !== undefined);
  return ports.flatMap((port, i): readonly ChannelFact[] => {
    const number = numbers[i]!;
    const protocol = clearPorts.get(number);
    const target = port.get('targetPort').text ?? '';
    if (!protocol || certificate || (!outside && number !== 23 && number !== 21) || /https|tls|ssl|^(443|8443|9443)$/i.test(`${port.get('name').text ?? ''} ${target}`.replace(/^ /, '')) || /^(443|8443|9443)$/.test(target)) return [];
    const span = port.get('port').head;
    const redirect = protocol === 'http' && (numbers.includes(443) || numbers.includes(8443));
    return [{
      label: `${label}, port ${number} (${protocol}),`, span, role: 'listens', protocol, port: number, protection: known<Protection>('none', span),
      serves: redirect ? undetermined(span, 'the program behind it may do no more than redirect to HTTPS') : known('data', span),
    }];
  });
}

/** A client's own configuration, ~/.kube/config. */
function kubeconfig({ root, group }: KubernetesObject): readonly ChannelFact[] {
  if (group !== '') return [];
  return root.get('clusters').items.flatMap((cluster): readonly ChannelFact[] => {
    const server = cluster.get('cluster', 'server');
    if (server.text === undefined) return [];
    const clear = server.text.startsWith('http://');
    const host = connectionOf(server.text)?.host ?? '';
    return [{
      label: `The connection to the cluster ${cluster.get('name').text ?? ''}`.trim(), span: server.head, role: 'connects', protocol: 'kubernetes', address: host,
      protection: known<Protection>(clear ? 'none' : 'encrypted', server.head, (wanted) => (wanted === 'encrypted' ? server.put(server.text!.replace(/^http:/, 'https:')) : [])),
      reach: known(leavesMachine(host) ? 'network' : 'loopback', server.head),
      peerVerified: translate(setting(cluster.get('cluster', 'insecure-skip-tls-verify').slot, trueFalse, { value: false, source: reference('kubeconfig v1') }), (skip) => !skip, (on) => !on),
    }];
  });
}

/** The API server hands requests of a group to the server behind an APIService, and trusts whoever answers where it is told to. */
function apiService({ root, label, group }: KubernetesObject): readonly ChannelFact[] {
  if (group !== 'apiregistration.k8s.io' || !root.get('spec', 'service').exists) return [];
  const skip = setting(root.get('spec', 'insecureSkipTLSVerify').slot, trueFalse, { value: false, source: reference('API reference, APIService v1') });
  const bundle = root.get('spec', 'caBundle');
  return [{
    label: `The connection to the server of ${label.replace(/^The/, 'the')}`, span: skip.span, role: 'connects', protocol: 'kubernetes',
    // caBundle is not allowed beside it: whoever takes one away must bring the other.
    peerVerified: skip.kind === 'undetermined' ? skip : { ...skip, value: !skip.value, write: (on) => (on && bundle.exists ? skip.write(false) : []) },
  }];
}

/** NFS carries files in clear unless its mount asks for Kerberos with privacy, nfs(5). */
function persistentVolume({ root, label }: KubernetesObject): readonly ChannelFact[] {
  const nfs = root.get('spec', 'nfs');
  if (!nfs.exists) return [];
  const options = root.get('spec', 'mountOptions');
  const security = options.items.find(({ text }) => text?.startsWith('sec='));
  return [nfsChannel(label, nfs, options.incomplete ?? undefined, security?.text === 'sec=krb5p', (wanted) => (wanted === 'encrypted' ? (security ? security.put('sec=krb5p') : options.append('sec=krb5p')) : []))];
}

function nfsChannel(label: string, nfs: Place, why: string | undefined, encrypted: boolean, write: (wanted: Protection) => ReturnType<Place['put']>): ChannelFact {
  const server = nfs.get('server');
  const span = server.exists ? server.head : nfs.head;
  return { label: `${label}, over NFS,`, span, role: 'connects', protocol: 'nfs', address: server.text, protection: why === undefined ? known<Protection>(encrypted ? 'encrypted' : 'none', span, write) : undetermined(span, why) };
}

function networkFiles(yaml: Yaml): readonly ChannelFact[] {
  return podsOf(yaml).flatMap(({ owner, spec }) => spec.get('volumes').items.flatMap((volume) => (volume.get('nfs').exists ? [nfsChannel(owner.label, volume.get('nfs'), undefined, false, () => [])] : [])));
}

/** What programs are told about their connections: URLs that leave the cluster in clear, databases that ask for no TLS, certificate checks switched off. */
function environment(yaml: Yaml): readonly ChannelFact[] {
  return containersOf(yaml).flatMap(({ place, label }) => place.get('env').items.flatMap((item): readonly ChannelFact[] => {
    const name = item.get('name').text ?? '';
    const value = item.get('value');
    if (value.text === undefined) return [];
    const connection = connectionOf(value.text);
    if (!connection || (connection.protocol === 'http' && !leavesCluster(connection.host)) || !leavesMachine(connection.host)) return [];
    // Only databases say in an option that they speak in clear; for other schemes inside the cluster a mesh may encrypt.
    if (connection.protection === 'none' && !leavesCluster(connection.host) && !/sql|postgres|mongo|mariadb/.test(connection.protocol)) return [];
    return [{ label: `${label}, by ${name},`, span: value.head, role: 'connects', protocol: connection.protocol, address: connection.host, protection: known<Protection>(connection.protection, value.head) }];
  }));
}

/** What variables of known meaning do to connections. */
function byVariables(yaml: Yaml): readonly ChannelFact[] {
  return environmentsOf(yaml).flatMap(({ variables, settings }) => variables.flatMap((one) => [
    ...checkByVariable(one, () => one.remove()),
    ...protectionByVariable(one, (name) => settings.filter((other) => other.name === name).at(-1)?.value, (host) => reachOf(host, one.span), (to) => one.write(to)),
  ]));
}

/** Whether a host is in another pod, or beyond the cluster: a network either way. */
function reachOf(host: string | undefined, span: Span): Setting<'loopback' | 'network'> {
  if (host === undefined) return undetermined(span, 'the file does not say to which host it connects');
  return /\$[({]/.test(host) ? undetermined(span, 'something else fills in the host') : known(leavesMachine(host) ? 'network' : 'loopback', span);
}

/** Options that switch off the check of the other end. */
function trusting(yaml: Yaml): readonly ChannelFact[] {
  return containersOf(yaml).flatMap(({ place, label }) => [...place.get('command').items, ...place.get('args').items].flatMap((item): readonly ChannelFact[] => {
    const option = trustsByOption(item.text ?? '');
    return option === undefined ? [] : [{ label: `${label}, by ${option},`, span: item.head, role: 'connects', protocol: 'https', peerVerified: known(false, item.head, (wanted) => (wanted ? item.remove() : [])) }];
  }));
}

/** A full name that is not one of the cluster's own. */
function leavesCluster(host: string): boolean {
  return isPublicName(host) || isInternalName(host) || isAddress(host) && !isPrivateAddress(host);
}
