import { concept } from '#engine/concept.js';

/** The time a person is signed in: how long it may last, and what may leave by it. */
export const Session = concept<SessionFields>('Session');

export interface SessionFields {
  /** Seconds without activity after which the session ends or the screen locks; `Infinity` for never. */
  idle: number;
  /** Whether a password is needed to come back to a locked screen. */
  locks: boolean;
  /** Whether files can be copied out of it to the computer of whoever signed in. */
  filesLeave: boolean;
}
