import { rule } from '#engine/rule.js';
import { named, pairsOf } from '../certificates.js';

/** Without the flags, both make a certificate of their own at start, which nobody can check. */
const Certificates = pairsOf('servers of a cluster', [
  ['kube-apiserver', 'as a server', 'tls-cert-file', '/etc/kubernetes/pki/apiserver.crt', 'tls-private-key-file', '/etc/kubernetes/pki/apiserver.key'],
  ['kubelet', 'as a server', 'tls-cert-file', '/var/lib/kubelet/pki/kubelet.crt', 'tls-private-key-file', '/var/lib/kubelet/pki/kubelet.key'],
]);

export default rule(Certificates, {
  title: 'Servers of a cluster show a certificate that can be checked',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: named,
});
