import { concept } from '#engine/concept.js';

/** How long a person may stay signed in. */
export const Session = concept<SessionFields>('Session');

export interface SessionFields {
  /** Seconds without activity after which the session ends or the screen locks; `Infinity` for never. */
  idle: number;
  /** Whether a password is needed to come back to a locked screen. */
  locks: boolean;
}
