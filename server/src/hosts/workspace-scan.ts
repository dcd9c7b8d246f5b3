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
