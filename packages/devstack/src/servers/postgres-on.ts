import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLineOf } from '../processes/command-line-of.ts';

/** Where a server writes down its number. */
export function pidFileOf(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/** The process that serves a cluster; undefined where none does. The number may belong to another program by now. */
export async function postgresOn(cluster: string): Promise<number | undefined> {
  const text = await readFile(pidFileOf(cluster), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return isPostgresOn(pid, cluster) ? pid : undefined;
}

export function isPostgresOn(pid: number, cluster: string): boolean {
  return commandLineOf(pid)?.includes(cluster) ?? false;
}
