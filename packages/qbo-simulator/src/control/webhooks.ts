import { createHmac } from 'node:crypto';
import { type Clock, metaTime } from '../clock.ts';
import type { Chance } from '../seeded.ts';
import type { Switches } from '../switches.ts';

/** A change of a record in one company's books. */
export interface BookChange {
  readonly realmId: string;
  readonly kind: string;
  readonly id: string;
  readonly what: 'Create' | 'Update' | 'Delete' | 'Void';
  readonly at: number;
}

/** One body that was, or is to be, sent. */
export interface Delivery {
  readonly body: string;
  readonly signature: string;
  /** What each attempt was answered with; 0 for none in time. */
  readonly answers: readonly number[];
  /** When it is tried again, in real time; absent: it was accepted. */
  readonly dueAt?: number | undefined;
}

export interface Webhooks {
  /** The app's address, and the token that it shares. Null: no app, and changes until the next one are never sent. */
  listenAt(app: { readonly url: string; readonly verifierToken: string } | null): void;
  deliveries(): readonly Delivery[];
  /** Resolves when all that changed so far was sent once. */
  sent(): Promise<void>;
  /** Sends a delivery again, as it was: the newest if none is named. */
  again(index?: number): Promise<number>;
}

// As documented; then every six hours.
const pauses = [10, 20, 30, 300, 1_200, 7_200, 14_400, 21_600].map((seconds) => seconds * 1_000);
const patience = 3_000;
// Changes at one moment are sent in one body. Intuit does not document how long that moment is.
const gathering = 25;
const mostKept = 1_000;

/** Sends changes to an app as Intuit does: signed, and again until accepted. */
export function createWebhooks(clock: Clock, chance: Chance, switches: () => Switches) {
  type Kept = { body: string; signature: string; answers: number[]; dueAt?: number | undefined; app: App };
  type App = { readonly url: string; readonly verifierToken: string };
  let app: App | null = null;
  let waiting: BookChange[] = [];
  const kept: Kept[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let flush: Promise<void> | undefined;

  const later = (milliseconds: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, milliseconds);
    timer.unref();
    timers.add(timer);
  };

  /** First attempts that are not answered yet. */
  const underWay = new Set<Promise<void>>();

  const post = async (delivery: Kept): Promise<number> => {
    const status = await fetch(delivery.app.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'intuit-signature': delivery.signature },
      body: delivery.body,
      signal: AbortSignal.timeout(patience),
    }).then(
      (response) => response.status,
      () => 0,
    );
    delivery.answers.push(status);
    return status;
  };

  const deliver = async (delivery: Kept): Promise<void> => {
    delivery.dueAt = undefined;
    if ((await post(delivery)) === 200) return;
    const pause = pauses[Math.min(delivery.answers.length, pauses.length) - 1]!;
    delivery.dueAt = Date.now() + pause;
    later(pause, () => void deliver(delivery));
  };

  const send = async (): Promise<void> => {
    const changes = waiting;
    waiting = [];
    flush = undefined;
    if (app === null || changes.length === 0) return;
    const body = switches().webhookFormat === 'cloud-events' ? cloudEvents(changes, chance) : notifications(changes);
    const signature = createHmac('sha256', app.verifierToken).update(body).digest('base64');
    const delivery: Kept = { body, signature, answers: [], app };
    kept.push(delivery);
    if (kept.length > mostKept) kept.shift();
    const first = deliver(delivery);
    underWay.add(first);
    await first.finally(() => underWay.delete(first));
  };

  const webhooks: Webhooks = {
    listenAt(next) {
      app = next;
      if (next === null) waiting = [];
    },
    deliveries: () => kept.map(({ app: _, ...delivery }) => ({ ...delivery, answers: [...delivery.answers] })),
    async sent() {
      while (flush !== undefined || underWay.size > 0) await (flush ?? Promise.all(underWay));
    },
    async again(index = kept.length - 1) {
      const delivery = kept[index];
      if (delivery === undefined) throw new Error(`There is no delivery ${index}.`);
      return post(delivery);
    },
  };
  return {
    webhooks,
    /** A record changed. Several changes of one record at one moment are one. */
    changed(realmId: string, kind: string, id: string, what: BookChange['what']): void {
      if (app === null) return;
      const at = clock.now();
      const same = waiting.findIndex((one) => one.realmId === realmId && one.kind === kind && one.id === id);
      if (same === -1) waiting.push({ realmId, kind, id, what, at });
      else if (what !== 'Update') waiting[same] = { realmId, kind, id, what, at };
      flush ??= new Promise((resolve, reject) => later(gathering, () => send().then(resolve, reject)));
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

// One body may hold changes of several companies.
function cloudEvents(changes: readonly BookChange[], chance: Chance): string {
  const id = () => [8, 4, 4, 4, 12].map((length) => chance.text(length)).join('-');
  const happened = { Create: 'created', Update: 'updated', Delete: 'deleted', Void: 'voided' } as const;
  return JSON.stringify(
    changes.map((change) => ({
      specversion: '1.0',
      id: id(),
      source: 'intuit.c2ltdWxhdGVk',
      type: `qbo.${change.kind.toLowerCase()}.${happened[change.what]}.v1`,
      datacontenttype: 'application/json',
      time: new Date(change.at).toISOString(),
      intuitentityid: change.id,
      intuitaccountid: change.realmId,
      data: {},
    })),
  );
}

function notifications(changes: readonly BookChange[]): string {
  const byRealm = Map.groupBy(changes, ({ realmId }) => realmId);
  return JSON.stringify({
    eventNotifications: [...byRealm].map(([realmId, of]) => ({
      realmId,
      dataChangeEvent: {
        entities: of.map(({ kind, id, what, at }) => ({ name: kind, id, operation: what, lastUpdated: metaTime(at) })),
      },
    })),
  });
}
