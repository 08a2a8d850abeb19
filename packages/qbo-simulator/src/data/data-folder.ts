import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type Books, ledgerOver } from '../books/books.ts';
import type { Entry } from '../books/ledger.ts';
import type { Clock } from '../clock.ts';
import type { GrantsState } from '../oauth/grants.ts';
import { type Switches, switchesFor } from '../switches.ts';

/** Increases when the stored form changes. */
const FORMAT = 1;

type KeptBooks = Omit<Books, 'clock' | 'switches' | 'ledger' | 'changed'> & {
  readonly format: number;
  readonly ledger: ReadonlyMap<string, readonly Entry[]>;
};

interface KeptRest {
  readonly format: number;
  /** Number of earlier starts in this folder. */
  readonly starts: number;
  /** How far the clock was moved by calls, in milliseconds. */
  readonly moved: number;
  readonly grants: GrantsState;
}

/** A simulator's data between starts: a file for each company, and one for the rest. */
export interface DataFolder {
  /** Number of earlier starts in this folder. */
  readonly starts: number;
  readonly moved: number;
  readonly grants: GrantsState | undefined;
  books(clock: Clock, switches: () => Switches): Books[];
  writeBooks(books: Books): Promise<void>;
  removeBooks(realmId: string): Promise<void>;
  writeRest(grants: GrantsState, moved: number): Promise<void>;
}

/**
 * Opens a folder, or creates it.
 * @throws Error with a message for people if this version can't read it
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true });
  const files = await readdir(folder);
  const kept = files.filter((file) => file.endsWith('.books')).sort();
  const companies = await Promise.all(kept.map((file) => readKept<KeptBooks>(join(folder, file))));
  const rest = files.includes('rest') ? await readKept<KeptRest>(join(folder, 'rest')) : undefined;
  const starts = (rest?.starts ?? -1) + 1;
  return {
    starts,
    moved: rest?.moved ?? 0,
    grants: rest?.grants,
    books: (clock, switches) => companies.map((one) => revive(one, clock, switches)),
    writeBooks({ clock: _, switches: __, changed: ___, ledger, ...facts }) {
      const kept: KeptBooks = { ...facts, format: FORMAT, ledger: ledger.transactions() };
      return write(join(folder, `${facts.realmId}.books`), kept);
    },
    removeBooks: (realmId) => rm(join(folder, `${realmId}.books`), { force: true }),
    writeRest: (grants, moved) => write(join(folder, 'rest'), { format: FORMAT, starts, moved, grants } satisfies KeptRest),
  };
}

function revive({ format: _, ledger, ...facts }: KeptBooks, clock: Clock, switches: () => Switches): Books {
  const books = { ...facts, clock, switches: switchesFor(facts.ownSwitches, switches), ledger: ledgerOver(facts.records) };
  for (const [transaction, entries] of ledger) books.ledger.post(transaction, entries);
  return books;
}

async function readKept<T extends { readonly format: number }>(file: string): Promise<T> {
  const unreadable = `${file} can't be read by this version of the simulator. Remove its folder: simulated books are lost with it.`;
  let kept: T;
  try {
    kept = deserialize(await readFile(file)) as T;
  } catch (error) {
    throw new Error(unreadable, { cause: error });
  }
  if (kept.format !== FORMAT) throw new Error(unreadable);
  return kept;
}

/** Writes all or nothing. The bytes are the state at the call: nothing is awaited before they are made. */
async function write(file: string, what: unknown): Promise<void> {
  const bytes = serialize(what);
  await writeFile(`${file}.draft`, bytes, { mode: 0o600 });
  await rename(`${file}.draft`, file);
}
