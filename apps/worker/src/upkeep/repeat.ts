/** Does `work` at once and then every so many milliseconds, never twice at a time. `stop` waits for what is running. */
export function repeat(work: () => Promise<void>, everyMs: number): { stop(): Promise<void> } {
  let running = work();
  const timer = setInterval(() => {
    running = running.then(work);
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
