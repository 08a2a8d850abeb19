import type { Chance } from '../seeded.ts';
import type { Act } from './person.ts';

/** The requests that a trouble affects. An absent member matches everything. */
export interface Aim {
  realmId?: string;
  method?: string;
  /** A part of the path, such as `/batch` or `/invoice`. */
  path?: string;
  /** `create`, `update`, `delete`, `void`, `read`, `query`, `batch`, `cdc`; `token` for the token and revoke addresses. */
  operation?: string;
}

/** What goes wrong, or what a person does at the same time. */
export type Trouble =
  /** The answer takes that much longer. */
  | { kind: 'latency'; milliseconds: number }
  /** Carried out, and the connection dies before the answer. */
  | { kind: 'replyLost' }
  /** The connection dies before anything is carried out. */
  | { kind: 'reset' }
  /** A gateway's HTML, or an empty body; `after`: the request was carried out. */
  | { kind: 'html'; status: number; empty?: boolean; after?: boolean }
  /** Fault 10000 with status 500; `after`: the request was carried out. */
  | { kind: 'systemFault'; after?: boolean }
  | {
      kind: 'throttle';
      status?: 403 | 429;
      form?: 'json' | 'xml' /** Seconds; absent: no Retry-After. */;
      retryAfter?: number;
    }
  /** All access tokens of the company expire now. */
  | { kind: 'tokenExpiry' }
  | { kind: 'revokedGrant' }
  /** 401 with code 120, in XML. */
  | { kind: 'accessLost' }
  /** One item of a batch, by its position, answers a fault of the service. */
  | { kind: 'batchItemFault'; item: number }
  /** Calls `onAlarm`, before or `after` the request is carried out; the request waits until it resolves. */
  | { kind: 'alarm'; after?: boolean /** Passed to `onAlarm`. */; name?: string }
  /** A person acts just before the request is carried out. */
  | { kind: 'person'; act: Act };

export interface Rule {
  trouble: Trouble;
  aim?: Aim;
  /** Number of matching requests that pass before the first one is struck. */
  skip?: number;
  /** How often it strikes. Default: once. */
  times?: number | 'always';
  /** From 0 to 1, drawn with the simulator's seed. */
  probability?: number;
}

export interface StandingRule extends Rule {
  readonly id: string;
  passed: number;
  struck: number;
}

/** The troubles that are set up. */
export interface Troubles {
  add(rule: Rule): string;
  remove(id?: string): void;
  list(): readonly StandingRule[];
  /** The troubles that strike this request, in the order they were added. */
  strike(request: Required<Aim>): Trouble[];
}

/** No troubles yet. */
export function createTroubles(chance: Chance): Troubles {
  let rules: StandingRule[] = [];
  let last = 0;
  return {
    add(rule) {
      last += 1;
      rules.push({ ...rule, id: String(last), passed: 0, struck: 0 });
      return String(last);
    },
    remove(id) {
      rules = id === undefined ? [] : rules.filter((rule) => rule.id !== id);
    },
    list: () => rules,
    strike(request) {
      const struck: Trouble[] = [];
      for (const rule of rules) {
        if (!matches(rule.aim ?? {}, request)) continue;
        rule.passed += 1;
        if (rule.passed <= (rule.skip ?? 0)) continue;
        if (rule.times !== 'always' && rule.struck >= (rule.times ?? 1)) continue;
        if (chance.next() >= (rule.probability ?? 1)) continue;
        rule.struck += 1;
        struck.push(rule.trouble);
      }
      return struck;
    },
  };
}

function matches(aim: Aim, request: Required<Aim>): boolean {
  return (
    (aim.realmId === undefined || aim.realmId === request.realmId) &&
    (aim.method === undefined || aim.method === request.method) &&
    (aim.operation === undefined || aim.operation === request.operation) &&
    (aim.path === undefined || request.path.includes(aim.path))
  );
}
