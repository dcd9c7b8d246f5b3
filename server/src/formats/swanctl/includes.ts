import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { sharedReading } from '#engine/shared.js';
import { byPath, placesOf } from '#notations/included-files.js';
import { parseSettingsTree, placedIn, type SettingsTree } from '#notations/settings-tree.js';

/** Where strongSwan looks for what is named without a folder. */
export const homes = ['/etc/swanctl/', '/etc/strongswan/swanctl/', '/etc/'];

/** A file that many take in, or are taken in by, is read once for all of them. */
const reading = sharedReading('files of swanctl', parseSettingsTree);

/** The sections in which a file includes others, by what it may name. */
function placing(file: SettingsTree, by: string): (path: string) => readonly (readonly string[])[] {
  const known = placings(file);
  let found = known.get(by);
  if (!found) {
    found = byPath(file.includes.map(({ target, within }) => [placesOf(target, by, homes), within] as const));
    known.set(by, found);
  }
  return found;
}

const placings = oncePer((_file: SettingsTree) => new Map<string, (path: string) => readonly (readonly string[])[]>());

/** More than this many files that take one in are not looked into. */
const most = 4;

/** A file as it reads where the first of those that take it in do so: strongswan.conf(5) allows that inside of sections. */
export const placed = oncePer(({ tree, path, surroundings }: Analysis<SettingsTree>): SettingsTree => {
  const includers = surroundings.includers();
  for (const by of includers === 'pending' ? [] : includers.slice(0, most)) {
    const file = surroundings.shared(reading, by);
    if (typeof file !== 'object') continue;
    const [within] = placing(file, by)(path);
    if (within) return placedIn(tree, within);
  }
  return tree;
});
