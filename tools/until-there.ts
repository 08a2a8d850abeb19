import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until another process has made a file.
 * @returns false if it was not there after so many milliseconds
 */
export async function untilThere(file: string, ms: number): Promise<boolean> {
  for (const deadline = Date.now() + ms; !existsSync(file); ) {
    if (Date.now() > deadline) return false;
    await sleep(200);
  }
  return true;
}
