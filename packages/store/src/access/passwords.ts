import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { and, eq, sql as expression, gt, isNull } from 'drizzle-orm';
import { drizzleOn, NOW } from '../database/drizzle-on.ts';
import type { Store } from '../database/open-store.ts';
import { people } from '../schema/index.ts';

/** A password must be hard to guess, and its length is all that counts. */
export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

/** As OWASP recommends: 19 MiB of memory, two passes. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** The hash of a password in PHC form, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...COST, message: spelled(password), nonce });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plain64(nonce)}$${plain64(tag)}`;
}

/** Whether a hash is of this password. It has the cost with which it was made. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
  if (parts === null) return false;
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number];
  const wanted = Buffer.from(parts[5]!, 'base64');
  const cost = { memory, passes, parallelism, tagLength: wanted.length };
  const tag = await derive('argon2id', { ...cost, message: spelled(password), nonce: Buffer.from(parts[4]!, 'base64') });
  return timingSafeEqual(tag, wanted);
}

/** Wrong passwords that a person may give without a wait, and the longest wait in milliseconds. */
const FREE_ATTEMPTS = 3;
const LONGEST_WAIT_MS = 8_000;
/** Minutes after which wrong passwords are forgotten. */
const FORGOTTEN_AFTER = 15;
const NOT_FORGOTTEN = expression`now() - make_interval(mins => ${FORGOTTEN_AFTER})`;

/** The milliseconds that the next attempt waits, right or wrong. Nobody is ever locked out, whoever guesses. */
export function waitAfter(wrongPasswords: number): number {
  return wrongPasswords < FREE_ATTEMPTS ? 0 : Math.min(500 * 2 ** (wrongPasswords - FREE_ATTEMPTS), LONGEST_WAIT_MS);
}

let nobodysHash: Promise<string> | undefined;

/**
 * The id of the person with this address and password. It takes as long for an address that nobody has.
 * @param pause waits so many milliseconds
 */
export async function checkPassword(
  { sql }: Store,
  email: string,
  password: string,
  pause: (ms: number) => Promise<unknown>,
): Promise<string | undefined> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  const ofAddress = and(eq(people.email, addressOf(email)), isNull(people.joinedInto));
  const [person] = await drizzleOn(sql).select({ id: people.id, hash: people.passwordHash }).from(people).where(ofAddress);
  const [recent] = await drizzleOn(sql)
    .select({ wrong: people.wrongPasswords })
    .from(people)
    .where(and(eq(people.id, person?.id ?? ''), gt(people.wrongPasswordAt, NOT_FORGOTTEN)));
  const wait = waitAfter(recent?.wrong ?? 0);
  if (wait > 0) await pause(wait);
  const right = await isPassword(password, person?.hash ?? (await nobodysHash));
  if (person === undefined) return undefined;
  if (right && person.hash !== null) {
    if (recent !== undefined) await drizzleOn(sql).update(people).set({ wrongPasswords: 0 }).where(eq(people.id, person.id));
    return person.id;
  }
  const wrongPasswords = (recent?.wrong ?? 0) + 1;
  await drizzleOn(sql).update(people).set({ wrongPasswords, wrongPasswordAt: NOW }).where(eq(people.id, person.id));
  return undefined;
}

/** Whether anybody signs in with a password. */
export async function hasPasswords({ sql }: Store): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from people where password_hash is not null) as some`;
  return row!.some;
}

/** An address of e-mail as people are found by it. */
export function addressOf(email: string): string {
  return email.trim().toLowerCase();
}

/** One spelling for what keyboards write in several ways. */
function spelled(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'));
}

function plain64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
