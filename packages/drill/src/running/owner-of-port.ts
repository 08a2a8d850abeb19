import { readdir, readFile, readlink } from 'node:fs/promises';

/**
 * The process among these that holds the client's end of a connection to a server on this machine. Undefined where the system
 * does not report it (everywhere but Linux), or where the connection is closed.
 */
export async function ownerOfPort(port: number, serverPort: number, pids: readonly number[]): Promise<number | undefined> {
  const inode = (await inodeOf('/proc/net/tcp', port, serverPort)) ?? (await inodeOf('/proc/net/tcp6', port, serverPort));
  if (inode === undefined) return undefined;
  for (const pid of pids) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (target === `socket:[${inode}]`) return pid;
    }
  }
  return undefined;
}

async function inodeOf(table: string, port: number, serverPort: number): Promise<string | undefined> {
  const [local, remote] = [port, serverPort].map((one) => one.toString(16).toUpperCase().padStart(4, '0'));
  for (const line of (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(`:${local}`) && columns[2]?.endsWith(`:${remote}`)) return columns[9];
  }
  return undefined;
}
