import { must, rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { stated, translate, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf, kubeletConfigurations } from '../components.js';
import { trueFalse } from '../objects.js';

interface Rotation {
  readonly label: string;
  readonly on: Setting<boolean>;
}

/** Where it is stated whether kubelets renew their certificates; only what is stated is a decision. */
const Rotations = query<Yaml, Rotation>('kubernetes', 'certificate rotation', ({ tree }) => [
  ...componentsOf(tree).flatMap(({ name, label, flag }): readonly Rotation[] => {
    const own = name === 'kubelet' ? stated(flag('rotate-certificates'), trueFalse) : undefined;
    const gate = 'RotateKubeletServerCertificate';
    const gates = name === 'kubelet' || name === 'kube-controller-manager' ? stated(flag('feature-gates'), { read: (raw) => raw, print: (raw) => raw }) : undefined;
    const server = gates?.kind === 'undetermined' && name === 'kube-controller-manager' ? gates : gates?.kind === 'stated' && gates.value.includes(`${gate}=`) ? translate<string, boolean>(gates, (raw) => !raw.includes(`${gate}=false`), (on) => (gates.value.replace(new RegExp(`${gate}=\\w+`), `${gate}=${on}`))) : undefined;
    return [...(own ? [{ label, on: own }] : []), ...(server ? [{ label, on: server }] : [])];
  }),
  ...kubeletConfigurations(tree).flatMap((root): readonly Rotation[] => {
    const own = stated(root.get('rotateCertificates').slot, trueFalse);
    return own ? [{ label: 'The kubelet', on: own }] : [];
  }),
]);

export default rule(Rotations, {
  title: 'Kubelets renew their certificates',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: ({ label, on }) => must(on, {
    be: (rotates) => rotates,
    or: () => `${label} is told never to renew the certificate of kubelets`,
    want: 'renewed',
    show: (rotates) => (rotates ? 'renewed' : 'not renewed'),
    fix: { title: 'Renew certificates', value: true, safety: 'review', risk: 'The signer of the controller manager must be set up, or the requests wait for approval.' },
  }),
});
