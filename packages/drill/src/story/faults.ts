import type { Rule } from '@ledgerpost/qbo-simulator';
import type { Chance } from './chance.ts';

export const FROZEN = 'worker frozen during a push';

/** What may go wrong between Ledgerpost and the books, as rules for the simulator. A killed worker is one of them. */
export const FAULTS = {
  latency: (c) => [{ trouble: { kind: 'latency', milliseconds: c.int(50, 1_500) }, skip: c.int(0, 4), times: c.int(1, 3) }],
  'reply lost after commit': (c) => [{ trouble: { kind: 'replyLost' }, aim: BATCH, skip: c.int(0, 2), times: c.int(1, 2) }],
  'connection reset': (c) => [{ trouble: { kind: 'reset' }, ...anywhere(c) }],
  'gateway page': (c) => [{ trouble: { kind: 'html', status: c.pick([502, 503, 504]), empty: c.percent(30) }, ...anywhere(c) }],
  'gateway page after commit': (c) => [
    { trouble: { kind: 'html', status: c.pick([502, 504]), after: true }, aim: BATCH, skip: c.int(0, 2) },
  ],
  'system fault': (c) => [{ trouble: { kind: 'systemFault' }, ...anywhere(c) }],
  'system fault after commit': (c) => [{ trouble: { kind: 'systemFault', after: true }, aim: BATCH, skip: c.int(0, 2) }],
  throttle: (c) => [
    { trouble: { kind: 'throttle', status: c.pick([403, 429]), form: c.pick(['json', 'xml']), retryAfter: 1 }, ...anywhere(c) },
  ],
  // Without Retry-After the engine waits a minute.
  'throttle without Retry-After': (c) => [
    { trouble: { kind: 'throttle', status: 429, form: c.pick(['json', 'xml']) }, skip: c.int(2, 6) },
  ],
  'token expires during a push': (c) => [{ trouble: { kind: 'tokenExpiry' }, aim: BATCH, skip: c.int(0, 2), times: c.int(1, 2) }],
  'renewal fails': (c) => [
    { trouble: { kind: 'tokenExpiry' }, aim: BATCH, skip: c.int(0, 2) },
    {
      trouble: c.pick([{ kind: 'replyLost' }, { kind: 'reset' }, { kind: 'html', status: 503 }]),
      aim: { operation: 'token' },
      times: c.int(1, 2),
    },
  ],
  'grant revoked': (c) => [{ trouble: { kind: 'revokedGrant' }, aim: c.percent(70) ? BATCH : {}, skip: c.int(0, 3) }],
  'access lost': (c) => [{ trouble: { kind: 'accessLost' }, aim: c.percent(70) ? BATCH : {}, skip: c.int(0, 3) }],
  'one item of a batch fails': (c) => [
    { trouble: { kind: 'batchItemFault', item: c.int(0, 5) }, aim: BATCH, skip: c.int(0, 2), times: c.int(1, 2) },
  ],
  'worker killed before commit': (c) => [{ trouble: { kind: 'alarm' }, aim: BATCH, skip: c.int(0, 2) }],
  'worker killed after commit': (c) => [{ trouble: { kind: 'alarm', after: true }, aim: BATCH, skip: c.int(0, 2) }],
  // The others count it as dead and take over its work; then it continues. A second fault may move the work once more.
  [FROZEN]: (c) => {
    const skip = c.int(0, 2);
    const rules: Rule[] = [{ trouble: { kind: 'alarm', name: 'freeze', after: c.percent(40) }, aim: BATCH, skip }];
    if (c.percent(50)) rules.push({ trouble: { kind: c.pick(['reset', 'replyLost']) }, aim: BATCH, skip: skip + 1 });
    return rules;
  },
} as const satisfies Record<string, (chance: Chance) => readonly Rule[]>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];
/** Faults that are cheap enough to add by chance: a killed worker costs seconds, a throttle without Retry-After a minute. */
export const CHEAP_FAULTS = FAULT_KINDS.filter((kind) => !kind.startsWith('worker ') && kind !== 'throttle without Retry-After');

const BATCH = { operation: 'batch' };

function anywhere(chance: Chance): Pick<Rule, 'aim' | 'skip' | 'times'> {
  return { aim: chance.percent(60) ? BATCH : {}, skip: chance.int(0, 4), times: chance.int(1, 3) };
}
