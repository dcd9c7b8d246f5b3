import { must, rule } from '#engine/rule.js';
import { known, type Setting } from '#engine/setting.js';
import { imageOf } from '#notations/containers.js';
import { Services } from '../queries.js';
import { isVariable, type Service } from '../services.js';

export default rule(Services, {
  title: 'Images are named by version',
  family: 'malware',
  safeguards: ['164.312(c)(2)', '164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: (service) => must(versioned(service), {
    be: (named) => named,
    or: () => `${service.label} runs whatever image is newest when it is pulled, not one that was checked`,
    want: 'a version or a digest',
    show: (named) => (named ? 'named' : 'latest'),
  }),
});

/** An image that the file builds itself is named for its own use. */
function versioned({ place }: Service): Setting<boolean> | undefined {
  const image = place.get('image');
  if (!image.exists || place.get('build').exists) return undefined;
  if (image.text === undefined || isVariable(image.text)) return { kind: 'undetermined', span: image.head, because: image.obscured ?? 'a variable fills it in' };
  const { tag, digest } = imageOf(image.text);
  return known(digest !== undefined || (tag !== undefined && tag !== 'latest'), image.head);
}
