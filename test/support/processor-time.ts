/** Starts a clock of the processor's time: what others of the machine do does not count. It tells the milliseconds since it was started. */
export function processorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
