/**
 * Runs as a separate process and stops what its parent started if the parent dies without doing so (after SIGKILL).
 * It reads lines `keep <pid> <signal> <graceMs>` and `release <pid>` from stdin. When stdin ends, it stops the
 * remaining processes, newest first.
 */
import { createInterface } from 'node:readline';

interface Kept {
  readonly pid: number;
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
}

const kept: Kept[] = [];

// Ctrl-C in a terminal and a closing terminal reach every process in it: only the end of stdin counts here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, pid, signal, graceMs] = line.split(' ');
  if (verb === 'keep') kept.push({ pid: Number(pid), signal: signal as NodeJS.Signals, graceMs: Number(graceMs) });
  if (verb === 'release') {
    const index = kept.findIndex((entry) => entry.pid === Number(pid));
    if (index >= 0) kept.splice(index, 1);
  }
}

for (const { pid, signal, graceMs } of kept.reverse()) {
  send(pid, signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 25));
  send(pid, 'SIGKILL');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
