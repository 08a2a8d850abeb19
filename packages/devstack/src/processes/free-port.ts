import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Systems give outgoing connections ports above these. A service that restarts on one of those may find that a connection has it
 * meanwhile, and a client that tries to reach it before it listens may even be connected to itself. Nor is any of these one that
 * browsers refuse.
 */
const FIRST = 11_000;
const LAST = 32_767;

/** A TCP port on 127.0.0.1 that nothing listens on right now. Another process may take it before you do. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const port = await tryListening(randomInt(FIRST, LAST + 1));
    if (port !== undefined) return port;
  }
  return (await tryListening(0))!;
}

/** The wanted port if it is free on 127.0.0.1, else another one that is. */
export async function preferPort(wanted: number): Promise<number> {
  return (await tryListening(wanted)) ?? (await freePort());
}

/** Whether nothing listens on the port on 127.0.0.1 right now. */
export async function isFreePort(port: number): Promise<boolean> {
  return (await tryListening(port)) !== undefined;
}

async function tryListening(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    return (server.address() as { port: number }).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
