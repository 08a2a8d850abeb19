/** How many requests QuickBooks accepts before it throttles. */
export interface Limits {
  /** Per company, in any 60 seconds. */
  readonly perMinute: number;
  /** Per company and app, in any second. */
  readonly perSecond: number;
  /** Per company and app, at the same time. */
  readonly atOnce: number;
  /** Batch requests per company and app, in any 60 seconds. */
  readonly batchesPerMinute: number;
  /** Batch requests per company over all apps, in any 60 seconds. */
  readonly batchesPerMinuteOfCompany: number;
  /** Reads per app over all companies, by calendar month in UTC; absent: no end. In 2026 Intuit's lowest tier ends at 500,000. */
  readonly readsPerMonth?: number;
}

export const documentedLimits: Limits = {
  perMinute: 500,
  perSecond: 10,
  atOnce: 10,
  batchesPerMinute: 40,
  batchesPerMinuteOfCompany: 120,
};

export interface Gate {
  /** Admits a request, or refuses it. An admitted request must leave. */
  enter(realm: string, app: string, isBatch: boolean): boolean;
  leave(realm: string, app: string): void;
}

/** Counts requests in sliding windows, the strictest reading of "a minute". Refused requests don't count. */
export function createGate(limits: (realm: string) => Limits | 'off', now: () => number): Gate {
  const passed = new Map<string, number[]>();
  const inside = new Map<string, number>();
  const within = (key: string, milliseconds: number): number => {
    const times = passed.get(key) ?? [];
    const since = now() - milliseconds;
    while (times.length > 0 && (times[0] as number) <= since) times.shift();
    passed.set(key, times);
    return times.length;
  };
  return {
    enter(realm, app, isBatch) {
      const most = limits(realm);
      const pair = `${realm}|${app}`;
      if (most !== 'off') {
        const windows: [string, number, number][] = [
          [`minute|${realm}`, 60_000, most.perMinute],
          [`second|${pair}`, 1_000, most.perSecond],
        ];
        if (isBatch) {
          windows.push([`batch|${pair}`, 60_000, most.batchesPerMinute]);
          windows.push([`batch|${realm}`, 60_000, most.batchesPerMinuteOfCompany]);
        }
        if ((inside.get(pair) ?? 0) >= most.atOnce) return false;
        if (windows.some(([key, milliseconds, count]) => within(key, milliseconds) >= count)) return false;
        for (const [key] of windows) passed.get(key)?.push(now());
      }
      inside.set(pair, (inside.get(pair) ?? 0) + 1);
      return true;
    },
    leave(realm, app) {
      const pair = `${realm}|${app}`;
      inside.set(pair, Math.max(0, (inside.get(pair) ?? 0) - 1));
    },
  };
}

export interface Meter {
  /** Whether an app has used up its reads of this month. */
  isUsedUp(app: string, readsPerMonth: number | undefined): boolean;
  count(app: string, reads: number): void;
  /** What an app has used in this month. */
  used(app: string): number;
}

/** Counts reads by app and month. Intuit documents neither the time zone of a month nor the answer: both are assumed. */
export function createMeter(now: () => number): Meter {
  const counts = new Map<string, number>();
  const key = (app: string) => `${app}|${new Date(now()).toISOString().slice(0, 7)}`;
  const used = (app: string) => counts.get(key(app)) ?? 0;
  return {
    used,
    isUsedUp: (app, readsPerMonth) => readsPerMonth !== undefined && used(app) >= readsPerMonth,
    count: (app, reads) => void counts.set(key(app), used(app) + reads),
  };
}
