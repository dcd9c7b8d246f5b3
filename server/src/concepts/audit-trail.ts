import { concept } from '#engine/concept.js';

/** A record of who did what. */
export const AuditTrail = concept<AuditTrailFields, AuditTrailSize>('AuditTrail');

export interface AuditTrailFields {
  enabled: boolean;
  /** Whether a copy goes to another machine. */
  remote: boolean;
  /** Days records are kept; `Infinity` for ever. */
  retention: number;
  /** Whether the record shows when it was altered. */
  tamperEvident: boolean;
  /** Whether records carry the time, from a clock that is kept right. */
  timed: boolean;
  /** How many kibibytes the record holds before the oldest part is lost. */
  capacity: number;
}

export interface AuditTrailSize {
  /** How many kibibytes are enough to look back, where `capacity` is stated. */
  readonly leastCapacity?: number | undefined;
}
