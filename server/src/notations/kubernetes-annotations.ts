/** What clouds and controllers read from the annotations of Kubernetes objects, however the objects are written down. */

/** By which a load balancer holds the certificate itself, so that the Ingress needs no `tls`. */
export const certificateAnnotations: readonly string[] = ['alb.ingress.kubernetes.io/certificate-arn', 'networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert', 'networking.gke.io/v1beta1.FrontendConfig', 'kubernetes.io/tls-acme',
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate', 'traefik.ingress.kubernetes.io/router.tls', 'traefik.ingress.kubernetes.io/router.entrypoints', 'haproxy.org/ssl-certificate', 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert', 'route.openshift.io/termination'];

/** By which the clouds keep a load balancer inside, and the value that does. */
const inside: readonly (readonly [name: string, value: RegExp])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(true|0\.0\.0\.0\/0)$/],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/],
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/],
  ['service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', /./],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', /^intranet$/],
  ['metallb.universe.tf/address-pool', /./],
  ['metallb.io/address-pool', /./],
];

/** By which those who run load balancers of their own say which addresses a service gets. */
const addresses: readonly string[] = ['metallb.universe.tf/loadBalancerIPs', 'metallb.io/loadBalancerIPs', 'io.cilium/lb-ipam-ips', 'lbipam.cilium.io/ips', 'kube-vip.io/loadbalancerIPs'];

/** Whether a service's annotations keep its load balancer away from the Internet. */
export function keepsInside(annotation: (name: string) => string | undefined): boolean {
  return inside.some(([name, value]) => value.test(annotation(name) ?? ''));
}

/** The addresses a service asks for, in `loadBalancerIP` and in its annotations. */
export function addressesAsked(annotation: (name: string) => string | undefined, stated: string | undefined): readonly string[] {
  return [stated, ...addresses.map(annotation)].flatMap((said) => (said ?? '').split(',')).map((one) => one.trim()).filter((one) => one !== '');
}
