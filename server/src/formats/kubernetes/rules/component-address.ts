import { isThisMachine } from '#concepts/network-names.js';
import { must, rule } from '#engine/rule.js';
import { text } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf, type Component } from '../components.js';
import { reference } from '../objects.js';

/** The parts that only programs of their own machine need to reach. */
const Inner = query<Yaml, Component>('kubernetes', 'schedulers and controller managers', ({ tree }) => componentsOf(tree).filter(({ name }) => name === 'kube-scheduler' || name === 'kube-controller-manager'));

export default rule(Inner, {
  title: 'The scheduler and controller manager answer on their own machine alone',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ name, label, flag }) => must(setting(flag('bind-address'), text, { value: '0.0.0.0', source: reference(`${name}, --bind-address`) }), {
    be: isThisMachine,
    or: () => `${label} answers on every address of its machine`,
    want: '127.0.0.1',
    fix: { title: 'Answer on 127.0.0.1 alone', value: '127.0.0.1', safety: 'review', risk: 'A monitoring system that reads its metrics from another machine is refused.' },
  }),
});
