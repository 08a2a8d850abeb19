import type { FastifyBaseLogger } from 'fastify';

/** Runs `sweep` now and then, never twice at once, until it is stopped. A sweep that fails is logged and tried again. */
export function startSweeper(sweep: () => Promise<void>, log: FastifyBaseLogger, everyMs: number): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let idle = true;
  const timer = setInterval(() => {
    if (!idle) return;
    idle = false;
    running = sweep()
      .catch((error: unknown) => log.warn({ err: error }, 'a sweep failed; the next one tries again'))
      .finally(() => {
        idle = true;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
