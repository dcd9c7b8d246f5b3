/** The path of a file or folder that a file names from its own folder; `undefined` where a variable, an address or the machine decides it. */
export function besides(path: string, named: string): string | undefined {
  if (/[$:*?]|^[/~]/.test(named)) return undefined;
  const steps = path.split('/').slice(0, -1);
  for (const step of named.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
