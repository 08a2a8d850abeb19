import type { Socket } from 'node:net';
import type { App } from './app.ts';

/** How long requests may finish once the API closes, in milliseconds. */
const LAST_WORDS_MS = 30_000;

/** Lets a closing API wait for answers that are under way, and for nothing else. The signal is aborted when closing begins. */
export function closeConnections(app: App): AbortSignal {
  const closing = new AbortController();
  const silent = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', ({ socket }) => silent.delete(socket));
  app.addHook('preClose', async () => {
    closing.abort();
    // Node waits for connections that never sent a request, as if one were under way.
    for (const socket of silent) socket.destroy();
    // It closes the connections that are idle at this moment. A busy one becomes idle later, and closing would wait for it
    // until its keep-alive ends.
    const idle = setInterval(() => app.server.closeIdleConnections(), 100);
    const last = setTimeout(() => app.server.closeAllConnections(), LAST_WORDS_MS);
    app.server.once('close', () => {
      clearInterval(idle);
      clearTimeout(last);
    });
    idle.unref();
    last.unref();
  });
  return closing.signal;
}
