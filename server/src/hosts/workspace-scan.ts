import type { Unread } from '#engine/unread.js';
import type { Files, Listed } from './workspace-files.js';
import type { Linted } from './workspace-linted.js';

/** How a scan of a workspace is watched and stopped. */
export interface Scan {
  /** Lint every file, or only learn what files tell each other. */
  readonly lint: boolean;
  /** Called once for each recognised file that was linted. */
  each?(linted: Linted): void;
  progress?(done: number, total: number): void;
  /** Lets others run; called every few milliseconds. Without it the scan runs in one go. */
  pause?(): Promise<void>;
  cancelled?(): boolean;
}

/** `superseded` means that the configuration changed meanwhile, and that the scan should be started again. */
export type ScanEnd = 'done' | 'cancelled' | 'superseded';

/** The longest time a scan holds the thread, in milliseconds. */
const slice = 2;
/** Awaits the pause of a scan when it has held the thread long enough, and says whether it did. */
export function pacemaker({ pause }: Scan): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < slice) return false;
    await pause?.();
    since = performance.now();
    return true;
  };
}

/** How often something that came may ask for more: files that include files, folders in folders. */
export const deepest = 32;

/** Every file of a workspace, awaited where files are at a distance, or why that was ended. `passedOver` takes what is left out. */
export async function listed(
  files: Files | undefined, excluded: (path: string) => boolean, passedOver: Unread[], pace: () => Promise<boolean>, ended: () => ScanEnd | undefined,
): Promise<readonly Listed[] | ScanEnd> {
  const found: Listed[] = [];
  do {
    found.length = passedOver.length = 0;
    for (const file of files?.list(excluded, undefined, (unread) => passedOver.push(unread)) ?? []) {
      found.push(file);
      if (await pace()) { const end = ended(); if (end) return end; }
    }
    const end = ended();
    if (end) return end;
  } while (await files?.distance?.bring());
  return found;
}

/** Awaits what is at a path now, where files are at a distance. */
export async function fetched(files: Files | undefined, path: string, excluded: (path: string) => boolean, read: () => void): Promise<void> {
  const distance = files?.distance;
  if (!files || !distance) return;
  distance.changed(path);
  for (let round = 0; round < deepest && await distance.bring(); round++) {
    const kind = files.holds(path, excluded);
    if (kind === 'file') read();
    else if (kind === 'folder') for (const file of files.list(excluded, path)) void file;
  }
}
