import { concept } from '#engine/concept.js';

/** What happens after failed log-ins. */
export const Lockout = concept<LockoutFields>('Lockout');

export interface LockoutFields {
  /** Failed log-ins before the account, address or device is locked, or the connection is cut; `Infinity` for never. */
  attempts: number;
  /** Seconds a lock lasts; `Infinity` until an administrator ends it. */
  duration: number;
  /** Wrong passcodes after which a device erases itself; `Infinity` for never. */
  attemptsBeforeErase: number;
  /** Whether administrators are locked out too. */
  bindsAdministrators: boolean;
}
