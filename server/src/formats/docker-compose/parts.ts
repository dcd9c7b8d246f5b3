import type { Part, Parts } from '#engine/format.js';
import { mainOf, overrideOf } from './inherited.js';
import type { Compose } from './services.js';

/** Files of fewer services are judged in less time than they are divided. */
const worthDividing = 16;

/**
 * Services say nothing of each other, unless anchors or templates make one of another, or another file has a say in all. Each is a part, from its key
 * to the next; one that extends another asks for it each time.
 * How a service is mended may depend on whether it is the only one.
 */
export function partsOf(file: Compose): Parts<Compose> | undefined {
  const [document] = file.documents;
  if (mainOf(file) || overrideOf(file)) return undefined;
  if (!document || file.documents.length > 1 || document.body.anchors.size > 0 || file.masked.text !== file.text) return undefined;
  const { root } = document;
  const services = root.get('services');
  const keys = services.node?.kind === 'map' && !services.node.flow && root.node?.kind === 'map' ? services.node.pairs : [];
  if (keys.length < worthDividing || services.pairs.length !== keys.length) return undefined;
  const { text } = file;
  const lineOf = (offset: number) => text.lastIndexOf('\n', document.start + offset - 1) + 1;
  const behind = root.node?.kind === 'map' ? root.node.pairs.find(({ keyStart }) => keyStart > keys.at(-1)!.keyStart) : undefined;
  const ends = [...keys.slice(1), behind].map((next) => (next ? lineOf(next.keyStart) : document.end));
  const parts = keys.map(({ key, keyStart }, i): Part<Compose> => {
    const at = lineOf(keyStart);
    // What is broken around it decides whether it can be mended.
    return { at, text: text.slice(at, ends[i]), context: services.get(key).isBroken ? 'broken' : '', isView: true, read: () => ({ ...file, only: key }) };
  });
  return { rest: { ...file, only: '' }, parts };
}
