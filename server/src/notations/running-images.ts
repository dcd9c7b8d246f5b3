import type { Analysis, Surroundings } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { compareReleases, releasesOf, type Releases } from '#engine/release.js';
import { shared } from '#engine/shared.js';
import { imageOf } from './containers.js';
import { parseYaml } from './yaml.js';

/** An image that a file of the workspace runs, and the paths from the root that it is given. */
interface Running {
  readonly image: string;
  readonly files: readonly string[];
}

/** How many folders above a file may hold the Compose file that runs its program. */
const highest = 3;
const names = ['docker-compose*.yml', 'docker-compose*.yaml', 'compose*.yml', 'compose*.yaml', 'Dockerfile*', '*.Dockerfile', 'Containerfile'];

/** What the Compose files and Dockerfiles of a folder run, each read once for all who ask. */
const inFolder = shared('images that a folder runs', (folder, surroundings) => names.flatMap((name): readonly (Running | 'pending')[] => {
  const found = surroundings.match(folder + name);
  return found === 'pending' ? ['pending'] : found.flatMap((path) => runs(path, folder, surroundings));
}));

function runs(path: string, folder: string, surroundings: Surroundings): readonly (Running | 'pending')[] {
  const opened = surroundings.open(path);
  if (opened === 'pending') return ['pending'];
  if (opened === 'absent' || opened.text.length > 200_000) return [];
  return /\.ya?ml$/.test(path) ? composed(opened.text, folder) : built(opened.text, folder);
}

function composed(text: string, folder: string): readonly Running[] {
  return parseYaml(text).documents.flatMap((document) => document.root.get('services').pairs.flatMap((service) => {
    const image = service.get('image').text;
    const volumes = service.get('volumes').items.flatMap((item) => item.get('source').text ?? /^([^:]+):/.exec(item.text ?? '')?.[1] ?? []);
    // What stands at the top under a name is given to a service by that name.
    const named = ['configs', 'secrets'].flatMap((kind) => service.get(kind).items.flatMap((item) =>
      document.root.get(kind, item.get('source').text ?? item.text ?? '', 'file').text ?? []));
    return image === undefined ? [] : [{ image, files: [...volumes, ...named].flatMap((one) => within(folder, one)) }];
  }));
}

/** The last stage of a Dockerfile, and what it copies. */
function built(text: string, folder: string): readonly Running[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim().split(/\s+/));
  const start = lines.map(([word]) => /^from$/i.test(word!)).lastIndexOf(true);
  const image = lines[start]?.find((word, i) => i > 0 && !word.startsWith('--'));
  if (image === undefined) return [];
  const copied = lines.slice(start).flatMap(([word, ...words]) => (/^(?:copy|add)$/i.test(word!) && !words.some((one) => one.startsWith('--from')) ? words.slice(0, -1) : []));
  return [{ image, files: copied.filter((one) => !one.startsWith('--')).flatMap((one) => within(folder, one)) }];
}

/** A path as it is written in a folder, from the root of the workspace. */
function within(folder: string, written: string): readonly string[] {
  if (/^[/~$]|\$\{/.test(written)) return [];
  const steps = folder.split('/').filter(Boolean);
  for (const step of written.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return [];
    } else if (step !== '' && step !== '.') steps.push(step);
  }
  return [steps.join('/')];
}

/** The images that are given a file, by the Compose files and Dockerfiles of its folder and those above; `pending` while they are being read. */
export const imagesOf = oncePer(({ path, surroundings }: Analysis): readonly string[] | 'pending' => {
  const steps = path.split('/').slice(0, -1);
  const found: string[] = [];
  for (let depth = steps.length; depth >= Math.max(0, steps.length - highest); depth--) {
    for (const one of surroundings.shared(inFolder, steps.slice(0, depth).map((step) => `${step}/`).join(''))) {
      if (one === 'pending') return 'pending';
      if (one.files.some((file) => file === '' || path === file || path.startsWith(`${file}/`))) found.push(one.image);
    }
  }
  return found;
});

/** The releases of the image a file is given to, where its tag says one: `image` tells which images are meant, `read` takes the release from a tag. */
export function releasesByImage(analysis: Analysis, image: RegExp, read: (tag: string) => Releases | undefined = releasesOf): Releases | undefined {
  const images = imagesOf(analysis);
  if (images === 'pending') return undefined;
  const all = images.map(imageOf).filter(({ name }) => image.test(name)).map(({ tag }) => (tag === undefined ? undefined : read(tag)));
  const [first, ...others] = all;
  return others.reduce((one, other) => one && other && {
    least: compareReleases(one.least, other.least) <= 0 ? one.least : other.least,
    greatest: compareReleases(one.greatest, other.greatest) >= 0 ? one.greatest : other.greatest,
  }, first);
}
