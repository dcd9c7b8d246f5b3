/** Makes an input that shows a fault as short as it can be while it shows the same fault. */
import type { Input } from './fuzz-inputs.js';

/** How many shorter inputs are tried at most. */
const mostTries = 600;

/** The shortest input found of which `fails` still holds: lines are left out, then words, then letters. */
export function shrunk(input: Input, fails: (input: Input) => boolean): Input {
  let now = input;
  let tries = 0;
  const attempt = (shorter: Partial<Input>): boolean => {
    const next = { ...now, ...shorter };
    if (tries++ >= mostTries || !fails(next)) return false;
    now = next;
    return true;
  };
  attempt({ before: now.text });
  attempt({ complete: false });
  for (const cut of [/(?<=\n)/, /(?<=\w)(?!\w)|(?=\w)(?<!\w)/, '']) {
    for (let size = now.text.split(cut).length >> 1; size >= 1 && tries < mostTries; size >>= 1) {
      for (let at = 0, pieces = now.text.split(cut); at < pieces.length && tries < mostTries;) {
        const rest = [...pieces.slice(0, at), ...pieces.slice(at + size)];
        const text = rest.join('');
        const same = now.before === now.text;
        if (attempt(same ? { text, before: text } : { text })) pieces = rest;
        else at += size;
      }
    }
  }
  return now;
}
