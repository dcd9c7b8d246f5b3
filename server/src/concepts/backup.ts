import { concept } from '#engine/concept.js';

/** Copies of data that outlive the original. */
export const Backup = concept<BackupFields>('Backup');

export interface BackupFields {
  enabled: boolean;
  /** Days copies are kept. */
  retention: number;
  encrypted: boolean;
  /** Whether copies are kept apart from the original. */
  separate: boolean;
}
