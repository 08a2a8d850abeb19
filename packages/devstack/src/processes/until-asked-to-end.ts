/** Settles when somebody wants this process to end: Ctrl-C, a signal, or whoever started it is gone. */
export function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // The channel to tools/run.mjs, if it started us.
    process.once('disconnect', () => resolve());
    process.channel?.unref();
  });
}
