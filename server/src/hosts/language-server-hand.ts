import { pause } from './language-server-soon.js';

/** A hand that has not typed for so long rests, in milliseconds: a word has ended, or a thought begins. */
const rest = 250;
/** What runs in the background waits so long after a keystroke, whose answer may still be asked for. */
const breath = 30;
/** Under the fastest typing, or a key held down, the background still gets a slice this often. */
const longestBreath = 60;

/** The hand that types. While it does, whatever can wait does. */
export class Hand {
  #last = -Infinity;
  #typing = false;

  /** A document was edited. */
  stroke(): void {
    const now = performance.now();
    this.#typing = now - this.#last < rest;
    this.#last = now;
  }

  /** Whether keystrokes follow each other: one after a rest is none of these. */
  get isTyping(): boolean {
    return this.#typing && performance.now() - this.#last < rest;
  }

  /** Waits until the hand rests. */
  async rested(): Promise<void> {
    for (let left = this.#left(rest); left > 0; left = this.#left(rest)) await sleep(left);
  }

  /** What the background does between two slices: lets others go first, and a keystroke be answered. */
  async pause(): Promise<void> {
    await pause();
    const until = performance.now() + longestBreath;
    while (this.#left(breath) > 0 && performance.now() < until) await sleep(this.#left(breath));
  }

  #left(of: number): number {
    return this.#last + of - performance.now();
  }
}

/** The longest time the background holds the thread between two pauses, in milliseconds, if no single file takes longer. */
export const slice = 2;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
