import { must, rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf } from '../components.js';

interface Certificate {
  readonly label: string;
  readonly files: string;
  readonly named: Setting<boolean>;
}

/** Which flags name the certificates by which the parts of a cluster prove who they are, and where kubeadm puts the files. */
const flags = {
  'kube-apiserver': [
    ['as a server', 'tls-cert-file', '/etc/kubernetes/pki/apiserver.crt', 'tls-private-key-file', '/etc/kubernetes/pki/apiserver.key'],
    ['to kubelets', 'kubelet-client-certificate', '/etc/kubernetes/pki/apiserver-kubelet-client.crt', 'kubelet-client-key', '/etc/kubernetes/pki/apiserver-kubelet-client.key'],
    ['to etcd', 'etcd-certfile', '/etc/kubernetes/pki/apiserver-etcd-client.crt', 'etcd-keyfile', '/etc/kubernetes/pki/apiserver-etcd-client.key'],
  ],
  etcd: [
    ['to clients', 'cert-file', '/etc/kubernetes/pki/etcd/server.crt', 'key-file', '/etc/kubernetes/pki/etcd/server.key'],
    ['to its peers', 'peer-cert-file', '/etc/kubernetes/pki/etcd/peer.crt', 'peer-key-file', '/etc/kubernetes/pki/etcd/peer.key'],
  ],
  kubelet: [['as a server', 'tls-cert-file', '/var/lib/kubelet/pki/kubelet.crt', 'tls-private-key-file', '/var/lib/kubelet/pki/kubelet.key']],
  'kube-controller-manager': [],
  'kube-scheduler': [],
} as const;

const Certificates = query<Yaml, Certificate>('kubernetes', 'certificates of components', ({ tree }) => componentsOf(tree).flatMap(({ name, label, flag, elsewhere }) =>
  flags[name].map(([to, certificate, certificateFile, key, keyFile]): Certificate => {
    const [a, b] = [flag(certificate), flag(key)];
    const missing = a.raw ? b : a;
    const why = a.raw && b.raw ? undefined : elsewhere;
    const named: Setting<boolean> = why !== undefined ? { kind: 'undetermined', span: missing.span, because: why }
      : known(Boolean(a.raw && b.raw), missing.span, (wanted) => (wanted ? (a.raw ? b.write(keyFile) : a.write(certificateFile)) : []));
    return { label: `${label} ${to}`, files: `--${certificate} and --${key}`, named };
  }),
));

export default rule(Certificates, {
  title: 'The parts of a cluster prove who they are',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, files, named }) => must(named, {
    be: (both) => both,
    or: () => `${label} has no certificate that others can check (${files})`,
    want: files,
    show: (both) => (both ? 'named' : 'not named'),
    fix: { title: 'Name the certificate and its key', value: true, safety: 'review', risk: 'The files must exist, and the paths be mounted, before the program starts again.' },
  }),
});
