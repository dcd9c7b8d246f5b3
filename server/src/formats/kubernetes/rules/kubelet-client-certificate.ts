import { rule } from '#engine/rule.js';
import { named, pairsOf } from '../certificates.js';

/** Without the flags the API server asks kubelets as nobody, and they must let nobody in. */
const Certificates = pairsOf('the api server', [
  ['kube-apiserver', 'to kubelets', 'kubelet-client-certificate', '/etc/kubernetes/pki/apiserver-kubelet-client.crt', 'kubelet-client-key', '/etc/kubernetes/pki/apiserver-kubelet-client.key'],
]);

export default rule(Certificates, {
  title: 'The API server shows kubelets who it is',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: named,
});
