import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, isFreePort, preferPort } from '../processes/free-port.ts';
import { holdLock, type Lock, LockedError } from '../processes/hold-lock.ts';

/** The ports of a stack's parts. */
export interface Ports {
  readonly api: number;
  readonly workerMetrics: number;
  readonly postgres: number;
  readonly temporal: number;
  readonly temporalUi: number;
  readonly qboSimulator: number;
}

/** Ports that no other stack of this user chooses until they are released. */
export interface ClaimedPorts {
  readonly ports: Ports;
  /** Whether another program listens on one of them. Call it while none of ours does. */
  anyTaken(): Promise<boolean>;
  release(): Promise<void>;
}

export interface PortWishes {
  /** The file that keeps the ports of the last start, so that earlier links still work. */
  readonly file: string;
  /** Ports to use if they are free, unless the file has others. */
  readonly preferred?: Partial<Ports> | undefined;
  /** Ports to use if they are free, whatever the file has. */
  readonly wanted?: Partial<Ports> | undefined;
  readonly print?: ((line: string) => void) | undefined;
  /** The folder of the claims, which all stacks of this user share. */
  readonly claimsDir?: string | undefined;
}

const PARTS = ['api', 'workerMetrics', 'postgres', 'temporal', 'temporalUi', 'qboSimulator'] as const;

/**
 * Chooses a free port for each part, and claims it. A port that is free may still belong to a stack that starts at this
 * moment and does not listen yet: the claim, a lock per port, makes that visible.
 */
export async function claimPorts(wishes: PortWishes): Promise<ClaimedPorts> {
  const { file, print = () => {} } = wishes;
  const claimsDir = wishes.claimsDir ?? join(tmpdir(), `ledgerpost-ports-${userInfo().uid}`);
  await mkdir(claimsDir, { recursive: true, mode: 0o700 }).catch(() => {});
  const known = await portsIn(file);
  const locks: Lock[] = [];
  const release = async () => {
    for (const lock of locks) await lock.release();
  };
  try {
    const chosen: Partial<Record<keyof Ports, number>> = {};
    for (const part of PARTS) {
      const first = wishes.wanted?.[part] ?? known[part] ?? wishes.preferred?.[part];
      const { port, lock } = await claimOne(first, claimsDir);
      locks.push(lock);
      if (first !== undefined && port !== first) print(`Port ${first} (${part}) is in use. Using ${port} instead.`);
      chosen[part] = port;
    }
    const ports = chosen as Ports;
    await writeFile(file, `${JSON.stringify(ports, null, 2)}\n`);
    return {
      ports,
      async anyTaken() {
        for (const port of Object.values(ports)) if (!(await isFreePort(port))) return true;
        return false;
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function claimOne(first: number | undefined, claimsDir: string): Promise<{ port: number; lock: Lock }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = first === undefined || attempt > 1 ? await freePort() : await preferPort(first);
    try {
      return { port, lock: await holdLock(join(claimsDir, String(port))) };
    } catch (error) {
      // Claims are a courtesy: where they can't be written, a port that is taken after all shows when a part starts.
      if (!(error instanceof LockedError)) return { port, lock: { release: async () => {} } };
      if (attempt === 20)
        throw new Error(`Other stacks have claimed every port that was tried; see ${claimsDir}.`, { cause: error });
    }
  }
}

async function portsIn(file: string): Promise<Partial<Ports>> {
  return readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Partial<Ports>,
    () => ({}),
  );
}
