/**
 * Why a file that was met was not read. What is not read never looks clean: every report counts these.
 *
 * - `no known format`: nothing in its name or text says what product it configures.
 * - `excluded`: the configuration, `.gitignore` or the kind of its folder leaves it out.
 * - `too large`: more than any configuration file has.
 * - `not text`: its bytes spell no text.
 * - `not allowed`: the system refuses it, or it is a link that leads out of the workspace.
 */
export const unreadReasons = ['no known format', 'excluded', 'too large', 'not text', 'not allowed'] as const;
export type UnreadReason = (typeof unreadReasons)[number];

/** A file, or a folder with all that is in it, that was met and not read. */
export interface Unread {
  /** Path from the root of the workspace; that of a folder ends with a slash. */
  readonly path: string;
  readonly reason: UnreadReason;
  /** What decided it, as a clause. */
  readonly because: string;
}
