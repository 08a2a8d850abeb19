import { createServer } from 'node:net';

/** A TCP port on 127.0.0.1 that nothing listens on right now. Another process may take it before you do. */
export async function freePort(): Promise<number> {
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
