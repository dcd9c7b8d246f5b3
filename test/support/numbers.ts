/** Numbers that look like chance and are the same for the same seed, so that a failure can be repeated: each below the one given. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % below;
}
