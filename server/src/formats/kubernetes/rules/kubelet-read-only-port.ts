import { integer } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { must, rule } from '#engine/rule.js';
import { setting, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf, kubeletConfigurations } from '../components.js';
import { reference } from '../objects.js';

/** The port on which a kubelet tells anyone about its pods; the defaults of its flags and of its file differ. */
const Ports = query<Yaml, Setting<number>>('kubernetes', 'read-only ports of kubelets', ({ tree }) => [
  ...componentsOf(tree).flatMap(({ name, flag }) => (name === 'kubelet' ? [setting(flag('read-only-port'), integer, { value: 10255, source: reference('kubelet, --read-only-port') })] : [])),
  ...kubeletConfigurations(tree).map((root) => setting(root.get('readOnlyPort').slot, integer, { value: 0, source: reference('KubeletConfiguration v1beta1') })),
]);

export default rule(Ports, {
  title: 'Kubelets tell nothing to strangers',
  family: 'firewall',
  safeguards: ['164.312(d)', '164.312(a)(1)'],
  severity: 'error',
  check: (port) => must(port, {
    be: (number) => number === 0,
    or: (number) => `The kubelet tells anyone who asks on port ${number} which programs run, with their settings, unencrypted and without a log-in`,
    want: '0',
    fix: { title: 'Close the read-only port', value: 0, safety: 'review', risk: 'A monitoring system that still reads from it must move to port 10250.' },
  }),
});
