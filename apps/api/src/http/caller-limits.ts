import { Refusal } from '@ledgerpost/core';
import { type Store, writeJournal } from '@ledgerpost/store';
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/** How much one caller may ask of one API. Absent members: as below. */
export interface CallerLimits {
  /** Of one key, and of all requests without a key from one address; 0: no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Refused keys from one address, before they are answered with 429. */
  readonly refusedKeysPerMinute?: number | undefined;
  /** Event streams that one key may hold open. */
  readonly streamsPerKey?: number | undefined;
  /** Open connections of all callers. */
  readonly connections?: number | undefined;
}

const USUAL = { requestsPerMinute: 12_000, refusedKeysPerMinute: 20, streamsPerKey: 50, connections: 2_000 };

const MINUTE_MS = 60_000;
/** Names that are counted at a time: callers with ever new addresses must not fill memory. */
const MOST_NAMES = 100_000;
/** Journal lines about refused keys that this API writes in a minute at the most, since nobody can delete them. */
const JOURNAL_LINES_PER_MINUTE = 30;

/** Counts of the current minute, by name. */
class Minute {
  readonly #counts = new Map<string, number>();
  #began = -1;

  /** Counts one more. Returns how many there are in this minute, and how many seconds it still lasts. */
  add(name: string, now: number): { readonly count: number; readonly secondsLeft: number } {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#began || this.#counts.size >= MOST_NAMES) this.#counts.clear();
    this.#began = minute;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return { count, secondsLeft: Math.ceil(((minute + 1) * MINUTE_MS - now) / 1_000) };
  }
}

/** What keeps one caller from taking everything. Counts are this process's own. */
export interface CallerGuard {
  /** Counts a request of a key, or of an address without one. Refusal `too-many-requests`. */
  countRequest(name: string): void;
  /** Logs and journals a refused key with its address. Refusal `too-many-requests` instead of the given one after too many. */
  keyRefused(request: FastifyRequest, refusal: Refusal): Promise<Refusal>;
  /** Takes one of the key's event streams until it is released. Refusal `too-many-requests`. */
  openStream(keyId: string): { release(): void };
}

export function createCallerGuard(store: Store, limits: CallerLimits = {}, now: () => number = Date.now): CallerGuard {
  const most = { ...USUAL, ...defined(limits) };
  const [requests, refused, lines] = [new Minute(), new Minute(), new Minute()];
  const streams = new Map<string, number>();

  return {
    countRequest(name) {
      if (most.requestsPerMinute === 0) return;
      const { count, secondsLeft } = requests.add(name, now());
      if (count > most.requestsPerMinute)
        throw tooMany(`More than ${most.requestsPerMinute} requests came in this minute.`, secondsLeft);
    },
    async keyRefused(request, refusal) {
      const { count, secondsLeft } = refused.add(request.ip, now());
      const last = count === most.refusedKeysPerMinute;
      if (count <= most.refusedKeysPerMinute) request.log.warn({ address: request.ip, inThisMinute: count }, 'a key was refused');
      if ((count === 1 || last) && lines.add('lines', now()).count <= JOURNAL_LINES_PER_MINUTE) {
        await writeJournal(store.sql, {
          companyId: null,
          actor: 'unknown',
          act: last ? 'key.blocked' : 'key.refused',
          subject: `address/${request.ip}`,
          details: { inThisMinute: count, path: request.url.split('?', 1)[0]?.slice(0, 200) },
        });
      }
      if (count <= most.refusedKeysPerMinute) return refusal;
      return tooMany(`${count} wrong keys came from this address in this minute.`, secondsLeft);
    },
    openStream(keyId) {
      const open = streams.get(keyId) ?? 0;
      if (open >= most.streamsPerKey) throw tooMany(`The key has ${open} event streams open already. Close some of them.`, 5);
      streams.set(keyId, open + 1);
      let released = false;
      return {
        release() {
          if (released) return;
          released = true;
          const left = (streams.get(keyId) ?? 1) - 1;
          if (left === 0) streams.delete(keyId);
          else streams.set(keyId, left);
        },
      };
    },
  };
}

/** Bounds the connections that are open at a time, and logs now and then that some were refused. */
export function limitConnections(app: App, { connections = USUAL.connections }: CallerLimits = {}): void {
  app.server.maxConnections = connections;
  let refused = 0;
  app.server.on('drop', () => {
    refused++;
    if (refused % 100 === 1)
      app.log.warn({ refused, most: connections }, 'too many connections are open, so new ones are refused');
  });
}

function tooMany(detail: string, retryAfterSeconds: number): Refusal {
  return new Refusal('too-many-requests', `${detail} Wait ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
}

function defined(limits: CallerLimits): Partial<Required<{ -readonly [K in keyof CallerLimits]: number }>> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
