import { must, rule } from '#engine/rule.js';
import { known, type Setting } from '#engine/setting.js';
import { imageOf } from '#notations/containers.js';
import type { Container } from '../objects.js';
import { Containers } from '../queries.js';

export default rule(Containers, {
  title: 'Images are named by version',
  family: 'malware',
  safeguards: ['164.312(c)(2)', '164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: (container) => must(versioned(container), {
    be: (named) => named,
    or: () => `${container.label} runs whatever image is newest when it starts, not one that was checked`,
    want: 'a version or a digest',
    show: (named) => (named ? 'named' : 'latest'),
  }),
});

function versioned({ place }: Container): Setting<boolean> | undefined {
  const image = place.get('image');
  if (!image.exists) return undefined;
  if (image.text === undefined) return { kind: 'undetermined', span: image.head, because: image.obscured ?? 'no image is named' };
  const { tag, digest } = imageOf(image.text);
  return known(digest !== undefined || (tag !== undefined && tag !== 'latest'), image.head);
}
