import { isThisMachine } from '#concepts/network-names.js';
import { rule } from '#engine/rule.js';
import { imageOf } from '#notations/containers.js';
import { Objects } from '../queries.js';
import type { Place } from '#notations/yaml.js';

export default rule(Objects, {
  title: 'Tiller is gone',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(d)'],
  severity: 'error',
  check: ({ kind, root, label, name }) => {
    const spec = root.get('spec');
    const containers = [...spec.get('containers').items, ...spec.get('template', 'spec', 'containers').items];
    const runs = containers.map((container) => container.get('image')).find(isTiller);
    const serves = kind === 'Service' && (name === 'tiller-deploy' || spec.get('selector', 'name').text === 'tiller') ? root.get('metadata', 'name') : undefined;
    const place = runs ?? serves;
    if (!place) return undefined;
    const words = containers.flatMap((container) => [...container.get('args').items, ...container.get('command').items]);
    // Bound to the loopback address it is out of the reach of other pods, as the plugin for tillerless Helm runs it.
    if (words.some(({ text }) => isThisMachine(/\blisten=([^\s"',]+)/.exec(text ?? '')?.[1] ?? ''))) return undefined;
    return { verdict: 'violates', span: place.head, message: `${label} is Tiller, which does whatever any pod asks of it with the rights of the whole cluster`, wanted: 'Helm 3' };
  },
});

function isTiller(image: Place): boolean {
  return image.text !== undefined && /(^|\/)tiller$/.test(imageOf(image.text).name);
}
