import { rule } from '#engine/rule.js';
import { named, pairsOf } from '../certificates.js';

/** etcd holds every object of the cluster; TLS on its three kinds of connection needs a certificate each. */
const Certificates = pairsOf('the database of a cluster and its clients', [
  ['etcd', 'to clients', 'cert-file', '/etc/kubernetes/pki/etcd/server.crt', 'key-file', '/etc/kubernetes/pki/etcd/server.key'],
  ['etcd', 'to its peers', 'peer-cert-file', '/etc/kubernetes/pki/etcd/peer.crt', 'peer-key-file', '/etc/kubernetes/pki/etcd/peer.key'],
  ['kube-apiserver', 'to etcd', 'etcd-certfile', '/etc/kubernetes/pki/apiserver-etcd-client.crt', 'etcd-keyfile', '/etc/kubernetes/pki/apiserver-etcd-client.key'],
]);

export default rule(Certificates, {
  title: 'The database of a cluster and its clients show certificates',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: named,
});
