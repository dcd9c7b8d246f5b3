/**
 * Lets whatever waits go first, then works. Node has a function for that; a worker sends itself a message, as its timers
 * wait four milliseconds at least.
 */
export const soon: (work: () => void) => void = (globalThis as { setImmediate?: (work: () => void) => void }).setImmediate ?? byMessage();

export function pause(): Promise<void> {
  return new Promise(soon);
}

function byMessage(): (work: () => void) => void {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return (work) => {
    waiting.push(work);
    port2.postMessage(null);
  };
}
