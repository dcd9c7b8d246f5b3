import { rule } from '#engine/rule.js';
import { imageOf } from '#notations/containers.js';
import { placeOf, property } from '#notations/json.js';
import { Modules } from '../queries.js';

export default rule(Modules, {
  title: 'Modules are deployed by version',
  family: 'malware',
  safeguards: ['164.312(c)(2)', '164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: ({ label, node }) => {
    const settings = property(node, 'settings')?.children?.[1];
    const image = settings && property(settings, 'image')?.children?.[1];
    if (image?.type !== 'string' || image.value === '') return undefined;
    const said = String(image.value);
    if (/\$\{?\w|\{\{/.test(said)) return { verdict: 'cannot tell', span: placeOf(image), because: 'a variable of the template fills it in' };
    const { tag, digest } = imageOf(said);
    if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return { verdict: 'complies', span: placeOf(image) };
    return {
      verdict: 'violates',
      span: placeOf(image),
      message: `${label} runs whatever image is newest when the device pulls it, not one that was checked`,
      found: tag ?? 'no version',
      wanted: 'a version or a digest',
    };
  },
});
