import type { Slot } from '#engine/setting.js';

/** An example of a notation for the laws of its slots: a text, a place in it, and values that may be written there. */
export interface LawExample {
  readonly title: string;
  readonly text: string;
  /** Parses the text and finds the slot; called again after every write. */
  readonly at: (text: string) => Slot;
  readonly values: readonly string[];
  /** Another place that a write must leave as it is; checked when given. */
  readonly besides?: (text: string) => Slot;
}
