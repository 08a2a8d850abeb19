/** Resolves when this process is asked to end: by Ctrl-C, by a signal, or because its parent ended. */
export function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    // The channel to tools/run.mjs, if it started us.
    process.once('disconnect', () => resolve());
    process.channel?.unref();
  });
}
