import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';

export interface Lock {
  release(): Promise<void>;
}

interface LockNote {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

/**
 * Takes a lock file for as long as this process lives. The holder answers on a port with the file's token. So a file
 * that a crash left behind is never mistaken for one in use, even if its process number belongs to another program.
 *
 * @throws LockedError if another process holds it.
 */
export async function holdLock(file: string): Promise<Lock> {
  const token = randomBytes(12).toString('hex');
  const server = createServer((socket) => socket.on('error', () => {}).end(token));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as { port: number };
  const note = JSON.stringify({ pid: process.pid, port, token } satisfies LockNote);

  for (let attempt = 1; ; attempt += 1) {
    try {
      await createWhole(file, note, token);
      break;
    } catch (error) {
      const holder = await lockHolder(file);
      if (holder || attempt === 5 || (error as NodeJS.ErrnoException).code !== 'EEXIST') {
        server.close();
        throw holder ? new LockedError(holder.pid) : error;
      }
      await rm(file, { force: true });
    }
  }

  return {
    async release() {
      await new Promise((resolve) => server.close(resolve));
      if ((await readNote(file))?.token === token) await rm(file, { force: true });
    },
  };
}

/** Creates the file with its content in one step: nobody may take a file that is only half written for a stale one. */
async function createWhole(file: string, text: string, token: string): Promise<void> {
  const draft = `${file}.${token}`;
  await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
  try {
    await link(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** The process that holds the lock file right now, or undefined. */
export async function lockHolder(file: string): Promise<{ readonly pid: number } | undefined> {
  const note = await readNote(file);
  if (!note) return undefined;
  return (await answerOn(note.port)) === note.token ? { pid: note.pid } : undefined;
}

export class LockedError extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`Process ${pid} holds the lock.`);
    this.name = 'LockedError';
    this.pid = pid;
  }
}

async function readNote(file: string): Promise<LockNote | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockNote;
  } catch {
    return undefined;
  }
}

function answerOn(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ host: '127.0.0.1', port, timeout: 2_000 });
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.once('error', () => resolve(undefined));
    socket.once('timeout', () => socket.destroy());
    socket.once('close', () => resolve(received));
  });
}
