import type { AuditTrailFields } from '#concepts/audit-trail.js';
import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { hostOfUrl, isThisMachine } from '#concepts/network-names.js';
import type { SessionFields } from '#concepts/session.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import { integer, list, oneOf, seconds, text } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { isFilledIn } from '#engine/holes.js';
import { documented } from '#engine/release.js';
import { known, observe, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { madeElsewhere, type Yaml } from '#notations/yaml.js';
import { componentsOf, kubeletConfigurations, type Component } from './components.js';
import { objectsOf, reference, trueFalse } from './objects.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;

/** The connections between the parts of a cluster, as their flags state them. */
export function controlPlaneChannels(yaml: Yaml): readonly ChannelFact[] {
  return [...componentsOf(yaml).flatMap((component) => (component.name === 'etcd' ? etcd(component) : component.name === 'kube-apiserver' ? [serving(component), ...apiServer(component)] : [serving(component)])), ...kubeletFiles(yaml)];
}

const versions = table({ VersionTLS10: '1.0', VersionTLS11: '1.1', VersionTLS12: '1.2', VersionTLS13: '1.3' } as const satisfies Record<string, TlsVersion>);
const versionWord = oneOf('VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13');

/** Cipher suites of crypto/tls that Go itself lists as insecure, and CBC with SHA-1 by static RSA. */
const strongCiphers = [
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
];
const isWeak = (cipher: string) => !/^TLS_(ECDHE_(RSA|ECDSA)_WITH_(AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305(_SHA256)?)|AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305_SHA256)$/.test(cipher);

function ciphers(from: Setting<readonly string[]> | undefined): Setting<readonly string[]> | undefined {
  return from && translate(from, (names) => names.filter(isWeak), () => {
    const kept = from.kind === 'undetermined' ? [] : from.value.filter((name) => !isWeak(name));
    return kept.length > 0 ? kept : strongCiphers;
  });
}

function version(from: Setting<keyof typeof versions> | undefined): Setting<TlsVersion> | undefined {
  return from && translate(from, (word): TlsVersion => versions[word], (wanted) => (wanted === '1.3' ? 'VersionTLS13' : 'VersionTLS12'));
}

/** The door of a component itself. The insecure one of old API servers, schedulers and controller managers is another fact. */
function serving({ name, label, flag, container }: Component): ChannelFact {
  const insecure = stated(flag('insecure-port'), integer);
  return {
    label,
    span: container.place.head,
    role: 'listens',
    protocol: 'kubernetes',
    ...(insecure && { span: insecure.span, protection: translate<number, 'none' | 'opportunistic' | 'encrypted'>(insecure, (port) => (port > 0 ? 'none' : 'encrypted'), (wanted) => (wanted === 'encrypted' ? 0 : 8080)) }),
    leastVersion: version(stated(flag('tls-min-version'), versionWord)),
    weakCiphers: ciphers(stated(flag('tls-cipher-suites'), list(','))),
    ...(name === 'kube-apiserver' && { peerVerified: clientAuthority(flag) }),
  };
}

/** kube-apiserver(8): without --client-ca-file no client certificate is ever accepted as proof. */
function clientAuthority(flag: Component['flag']): Setting<boolean> | undefined {
  const file = flag('client-ca-file');
  if (file.obscured !== undefined) return undetermined(file.span, file.obscured);
  return file.raw ? known(true, file.span) : { kind: 'default', value: false, span: file.span, source: reference('kube-apiserver'), write: (on) => (on ? file.write('/etc/kubernetes/pki/ca.crt') : []) };
}

function apiServer({ label, flag, has, container, elsewhere }: Component): readonly ChannelFact[] {
  const { span } = container.place.get('command').exists ? { span: container.place.get('command').head } : { span: container.place.head };
  const facts: ChannelFact[] = [];
  const fileFlag = (name: string, path: string): Setting<boolean> => {
    const slot = flag(name);
    if (slot.obscured !== undefined) return undetermined(slot.span, slot.obscured);
    return slot.raw ? known(true, slot.span) : { kind: 'default', value: false, span: slot.span, source: reference('kube-apiserver'), write: (on) => (on ? slot.write(path) : []) };
  };
  const address = stated(flag('insecure-bind-address'), text);
  if (address && address.kind !== 'undetermined') {
    facts.push({
      label: 'The API server\'s insecure address', span: address.span, role: 'listens', protocol: 'http', protection: known('none', address.span),
      reach: observe<string, 'loopback' | 'network'>(address, (ip) => (isThisMachine(ip) ? 'loopback' : 'network')),
    });
  }
  const https = stated(flag('kubelet-https'), trueFalse);
  facts.push({
    label: `${label}'s connection to kubelets`,
    span,
    role: 'connects',
    protocol: 'kubernetes',
    ...(https && { span: https.span, protection: translate<boolean, 'none' | 'opportunistic' | 'encrypted'>(https, (on) => (on ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted') }),
    peerVerified: fileFlag('kubelet-certificate-authority', '/etc/kubernetes/pki/ca.crt'),
  });
  const servers = flag('etcd-servers');
  if (servers.raw !== undefined || elsewhere === undefined) {
    const urls = (servers.raw ?? '').split(',');
    const clear = urls.some((url) => /^http:\/\//.test(url.trim()));
    const local = urls.every((url) => isThisMachine(hostOfUrl(url) ?? ''));
    if (servers.raw !== undefined) {
      facts.push({
        label: `${label}'s connection to etcd`,
        span: servers.span,
        role: 'connects',
        protocol: 'etcd',
        protection: known(clear ? 'none' : 'encrypted', servers.span, (wanted) => (wanted === 'encrypted' ? servers.write(servers.raw!.replace(/\bhttp:\/\//g, 'https://')) : [])),
        reach: known(local ? 'loopback' : 'network', servers.span),
        ...(!clear && { peerVerified: fileFlag('etcd-cafile', '/etc/kubernetes/pki/etcd/ca.crt') }),
      });
    }
  }
  void has;
  return facts;
}

/** etcd speaks TLS where its URLs say https; whose certificates count is in four flags for each of clients and peers. */
function etcd({ flag, container, elsewhere }: Component): readonly ChannelFact[] {
  return ([['clients', 'listen-client-urls', '', 'client-cert-auth', 'http://localhost:2379'], ['its peers', 'listen-peer-urls', 'peer-', 'peer-client-cert-auth', 'http://localhost:2380']] as const).map(([who, urls, prefix, checks, fallback]): ChannelFact => {
    const slot = flag(urls);
    const stand = slot.raw ?? (elsewhere === undefined ? fallback : '');
    const all = stand.split(',').map((url) => url.trim());
    const exposed = all.filter((url) => !isThisMachine(url.startsWith('unix') ? url : hostOfUrl(url) ?? ''));
    const certificate = flag(`${prefix}cert-file`);
    const auto = stated(flag(`${prefix}auto-tls`), trueFalse);
    const verified = setting(flag(checks), trueFalse, { value: false, source: documented('etcd', '3.4 to 3.7', `etcd --help, --${checks}`) });
    return {
      label: `etcd's door for ${who}`,
      span: slot.span ?? container.place.head,
      role: 'listens',
      protocol: 'etcd',
      reach: slot.raw === undefined && elsewhere !== undefined ? undetermined(slot.span, elsewhere) : known(exposed.length > 0 ? 'network' : 'loopback', slot.span),
      protection: known(exposed.some((url) => url.startsWith('http://')) ? 'none' : 'encrypted', slot.span, (wanted) => (wanted === 'encrypted' && certificate.raw !== undefined ? slot.write(stand.replace(/\bhttp:\/\//g, 'https://')) : [])),
      peerVerified: auto && auto.kind === 'stated' && auto.value ? translate(auto, (on) => !on, (on) => !on) : verified,
    };
  });
}

function kubeletFiles(yaml: Yaml): readonly ChannelFact[] {
  return kubeletConfigurations(yaml).map((root) => {
    const suites = root.get('tlsCipherSuites');
    const names = suites.items.flatMap((item) => (item.text !== undefined && isWeak(item.text) ? [item] : []));
    return {
      label: 'The kubelet',
      span: root.get('kind').head,
      role: 'listens',
      protocol: 'kubernetes',
      leastVersion: version(stated(root.get('tlsMinVersion').slot, versionWord)),
      weakCiphers: suites.exists ? known(names.map(({ text: name }) => name!), suites.head, (wanted) => (wanted.length > 0 || names.length === suites.items.length ? [] : names.flatMap((item) => item.remove()))) : undefined,
    };
  });
}

/** Who may come in to the parts of Kubernetes without saying who they are. */
export function controlPlaneLogins(yaml: Yaml): readonly (Fact & Fields<LoginFields>)[] {
  const facts: (Fact & Fields<LoginFields>)[] = [];
  for (const { name, label, flag } of componentsOf(yaml)) {
    if (name === 'kube-apiserver') {
      // By default anonymous requests are let in and may do next to nothing; only what is stated is a decision.
      const anonymous = stated(flag('anonymous-auth'), trueFalse);
      if (anonymous) facts.push({ label, span: anonymous.span, anonymous });
      for (const file of ['basic-auth-file', 'token-auth-file']) {
        const slot = flag(file);
        if (slot.raw) facts.push({ label: `${label}, which takes passwords or tokens from a file in clear (--${file}),`, span: slot.span, method: known('weak', slot.span) });
      }
    }
    if (name === 'kubelet') {
      const anonymous = setting(flag('anonymous-auth'), trueFalse, { value: true, source: reference('kubelet, --anonymous-auth') });
      facts.push({ label, span: anonymous.span, anonymous });
    }
  }
  for (const root of kubeletConfigurations(yaml)) {
    const anonymous = setting(root.get('authentication', 'anonymous', 'enabled').slot, trueFalse, { value: false, source: reference('KubeletConfiguration v1beta1') });
    facts.push({ label: 'The kubelet', span: anonymous.span, anonymous });
  }
  return facts;
}

/** How long an idle exec or port-forward stays open at the kubelet: only where it is stated, since the default is four hours. */
export function streamingSessions(yaml: Yaml): readonly (Fact & Fields<SessionFields>)[] {
  const duration = { read: (raw: string) => (/^0+(s|m|h)?$/.test(raw) ? Infinity : clock(raw)), print: (value: number) => (value === Infinity ? '0' : `${value}s`) };
  const slots = [...componentsOf(yaml).flatMap(({ name, flag }) => (name === 'kubelet' ? [flag('streaming-connection-idle-timeout')] : [])), ...kubeletConfigurations(yaml).map((root) => root.get('streamingConnectionIdleTimeout').slot)];
  return slots.flatMap((slot) => {
    const idle = stated(slot, duration);
    return idle ? [{ label: 'A session into a container', span: slot.span, idle }] : [];
  });
}

/** A Go duration, `1h30m`, in seconds. */
function clock(raw: string): number | undefined {
  const parts = [...raw.matchAll(/(\d{1,9})(h|m|s)/g)];
  return parts.length > 0 && parts.map(([part]) => part).join('') === raw ? parts.reduce((sum, [, count, unit]) => sum + seconds.read(`${count}${unit}`)!, 0) : undefined;
}

/** What is recorded of requests to the cluster. */
export function auditTrails(yaml: Yaml): readonly (Fact & Fields<AuditTrailFields>)[] {
  const facts: (Fact & Fields<AuditTrailFields>)[] = componentsOf(yaml).filter(({ name }) => name === 'kube-apiserver').map(({ label, flag, has }) => {
    const path = flag('audit-log-path');
    const remote = has('audit-webhook-config-file');
    const page = reference('kube-apiserver, --audit-log-path');
    const enabled: Setting<boolean> = path.obscured !== undefined ? undetermined(path.span, path.obscured)
      : path.raw || remote ? known(true, path.span)
        : { kind: 'default', value: false, span: path.span, source: page, caution: 'The API server also needs an audit policy (--audit-policy-file) and a writable mount for the log.', write: (on) => (on ? path.write('/var/log/kubernetes/audit/audit.log') : []) };
    // 0, the default, keeps records without a limit of age.
    const age = flag('audit-log-maxage');
    const retention = path.raw ? stated(age, integer) : undefined;
    return { label, span: path.span, enabled, ...(retention && { retention: translate(retention, (days) => (days === 0 ? Infinity : days), (days) => (days === Infinity ? 0 : days)) }) };
  });
  for (const { kind, group, root } of objectsOf(yaml)) {
    if (kind !== 'Policy' || group !== 'audit.k8s.io') continue;
    const levels = root.get('rules').items.map((rule) => rule.get('level'));
    if (levels.length === 0) continue;
    const open = levels.map(madeElsewhere).find(Boolean);
    if (open && levels.every(({ text: level }) => level === undefined || level === 'None' || isFilledIn(level))) {
      facts.push({ label: 'The audit policy', span: open.span, enabled: open });
      continue;
    }
    facts.push({ label: 'The audit policy', span: levels[0]!.head, enabled: known(levels.some(({ text: level }) => level !== 'None'), levels[0]!.head, (on) => (on ? levels[0]!.put('Metadata') : [])) });
  }
  return facts;
}

/** Where the cluster keeps its objects, Secrets among them. */
export function clusterStores(yaml: Yaml): readonly (Fact & StoreKind & Fields<StoreFields>)[] {
  const facts: (Fact & StoreKind & Fields<StoreFields>)[] = componentsOf(yaml).filter(({ name }) => name === 'kube-apiserver').map(({ flag }) => {
    const slot = flag('encryption-provider-config');
    const encrypted: Setting<boolean> = slot.obscured !== undefined ? undetermined(slot.span, slot.obscured) : slot.raw ? known(true, slot.span)
      : { kind: 'default', value: false, span: slot.span, source: reference('Encrypting Confidential Data at Rest'), write: () => [] };
    return { label: 'The database of the cluster, with every Secret in it,', span: slot.span, kind: 'database', encrypted };
  });
  for (const { kind, group, root } of objectsOf(yaml)) {
    if (kind !== 'EncryptionConfiguration' && kind !== 'EncryptionConfig') continue;
    if (group !== 'apiserver.config.k8s.io' && kind !== 'EncryptionConfig') continue;
    for (const resource of root.get('resources').items) {
      const named = resource.get('resources').items.flatMap(({ text: name }) => name ?? []);
      if (!named.some((name) => name === 'secrets' || name.startsWith('*'))) continue;
      const first = resource.get('providers', 0);
      const provider = first.pairs[0];
      if (!provider) continue;
      facts.push({ label: 'The database of the cluster, for Secrets written from now on,', span: provider.head, kind: 'database', encrypted: known(provider.key !== 'identity', provider.head) });
    }
  }
  return facts;
}

