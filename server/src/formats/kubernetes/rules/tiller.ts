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
    // Bound to the loopback address it is out of the reach of other pods, as the plugin for tillerless Helm runs it.
    if (!place || containers.some((container) => [...container.get('args').items, ...container.get('command').items].some(({ text }) => /listen=(127\.0\.0\.1|localhost)/.test(text ?? '')))) return undefined;
    return { verdict: 'violates', span: place.head, message: `${label} is Tiller, which does whatever any pod asks of it with the rights of the whole cluster`, wanted: 'Helm 3' };
  },
});

function isTiller(image: Place): boolean {
  return image.text !== undefined && /(^|\/)tiller$/.test(imageOf(image.text).name);
}
