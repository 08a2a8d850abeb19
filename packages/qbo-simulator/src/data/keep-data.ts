import { forgetOldAnswers } from '../api/replay.ts';
import type { Books } from '../books/books.ts';
import type { Clock } from '../clock.ts';
import type { Grants } from '../oauth/grants.ts';
import type { Switches } from '../switches.ts';
import type { DataFolder } from './data-folder.ts';

/** How long a change may be unwritten, in milliseconds. */
const EVERY = 1_000;

interface Kept {
  readonly companies: Map<string, Books>;
  readonly grants: Grants;
  readonly clock: Clock;
  readonly switches: () => Switches;
}

/** Loads a folder into an empty simulator, and from then on writes what changes. */
export function keepData(folder: DataFolder, { companies, grants, clock, switches }: Kept) {
  clock.advance(folder.moved);
  if (folder.grants !== undefined) grants.restore(folder.grants);
  for (const books of folder.books(clock, switches)) companies.set(books.realmId, books);
  const written = new Set(companies.keys());
  let restChanged = true;

  const writeChanged = async () => {
    for (const books of companies.values()) {
      if (written.has(books.realmId)) continue;
      forgetOldAnswers(books);
      written.add(books.realmId);
      await folder.writeBooks(books).catch((error: unknown) => {
        written.delete(books.realmId);
        throw error;
      });
    }
    for (const realmId of written) {
      if (companies.has(realmId)) continue;
      await folder.removeBooks(realmId);
      written.delete(realmId);
    }
    if (!restChanged) return;
    await folder.writeRest(grants.state(), clock.moved());
    restChanged = false;
  };
  // One after the other: a file is never written by two at once.
  let last: Promise<void> = Promise.resolve();
  const write = () => {
    last = last.catch(() => {}).then(writeChanged);
    return last;
  };
  const timer = setInterval(() => void write().catch((error: unknown) => console.error(error)), EVERY);
  timer.unref();

  return {
    /** A request to this address may have changed something. */
    touched(path: string): void {
      const [, realm] = /^\/(?:v3\/company|_control\/companies)\/([^/]+)/.exec(path) ?? [];
      if (realm !== undefined) written.delete(realm);
      if (!path.startsWith('/v3/')) restChanged = true;
    },
    /** Writes everything, whether a request changed it or the control. */
    async stop(): Promise<void> {
      clearInterval(timer);
      for (const realmId of companies.keys()) written.delete(realmId);
      restChanged = true;
      await write();
    },
  };
}
