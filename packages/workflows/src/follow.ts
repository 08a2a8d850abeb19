import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  condition,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CoreActivities, Orders, TargetActivities } from './activities.ts';
import { ENGINE_QUEUE, NUDGE, SEARCH_ATTRIBUTES, targetQueue } from './names.ts';
import { CHECK_AGAIN_MS, CHUNK, noticing, WHOLE } from './policies.ts';

const nudge = defineSignal(NUDGE);
const stateKey = defineSearchAttributeKey(SEARCH_ATTRIBUTES.state, SearchAttributeType.KEYWORD);

/** An activity that is called with a line for ops to read in the timeline. */
type Summarized<F> = F extends (order: infer O) => infer R ? (order: O, summary: string) => R : never;
export type SummarizedActivities<A> = { [K in keyof A]: Summarized<A[K]> };

/** The activities of one queue, named `<prefix>.<verb>`. Each call carries its own summary. */
export function activitiesOf<A extends object>(
  prefix: string,
  taskQueue: string,
  options: typeof CHUNK,
): SummarizedActivities<A> {
  return new Proxy({} as SummarizedActivities<A>, {
    get(_, verb) {
      const name = `${prefix}.${String(verb)}`;
      return (order: unknown, summary: string) =>
        proxyActivities<Record<string, (order: unknown) => Promise<unknown>>>({ ...options, taskQueue, summary })[name]!(order);
    },
  });
}

/** What following needs to know of an order. */
interface Followed {
  readonly target: string;
  readonly batchId: string;
  readonly name: string;
  readonly heartbeatSeconds?: number | undefined;
}

/** How one batch (or undo, or verification) is followed: what ops see, what people request, and the activities. */
export function follow<Order extends Followed>(order: Order, from?: { notes: readonly string[] }) {
  const chunk = noticing(CHUNK, order.heartbeatSeconds);
  const core = activitiesOf<CoreActivities>('core', ENGINE_QUEUE, chunk);
  const target = activitiesOf<TargetActivities>(order.target, targetQueue(order.target), chunk);
  const whole = activitiesOf<TargetActivities>(order.target, targetQueue(order.target), noticing(WHOLE, order.heartbeatSeconds));
  const notes = [...(from?.notes ?? [])];
  let nudges = 0;
  let line = '';
  let passing: string | undefined;

  setHandler(nudge, () => {
    nudges++;
  });

  function render(): void {
    setCurrentDetails([...notes.map((note) => `- ${note}`), ...(line === '' ? [] : [`- **${line}**`])].join('\n'));
  }

  function enter(state: string): void {
    passing = undefined;
    upsertSearchAttributes([{ key: stateKey, value: state }]);
    render();
  }

  return {
    order,
    core,
    target,
    whole,
    notes,
    /** A line that stays: the result of a step. */
    note(text: string): void {
      notes.push(text);
      line = '';
      render();
    },
    /** The line that changes: what is going on. */
    now(text: string): void {
      line = text;
      render();
    },
    enter,
    /** A state that may be over in some milliseconds: it is written down with what is scheduled in it, and never if that is nothing. */
    pass(state: string): void {
      passing = state;
      render();
    },
    /** Writes down the state that is passed through, because it lasts. */
    show(): void {
      if (passing !== undefined) enter(passing);
    },
    /**
     * Waits until somebody requests something that counts, or the time is up.
     * @param first does what people will react to, and reads their requests; a nudge that arrives while it runs is heard
     */
    async until(
      counts: (orders: Orders) => boolean,
      ms: number | undefined,
      first: () => Promise<Orders>,
    ): Promise<Orders | 'time-is-up'> {
      let heard = nudges;
      let orders = await first();
      const deadline = ms === undefined ? undefined : Date.now() + ms;
      while (!counts(orders)) {
        const left = deadline === undefined ? CHECK_AGAIN_MS : deadline - Date.now();
        if (left <= 0) return 'time-is-up';
        await condition(() => nudges > heard, Math.min(left, CHECK_AGAIN_MS));
        heard = nudges;
        orders = await core.orders({ batchId: order.batchId }, 'read whether somebody canceled, approved or resumed');
      }
      return orders;
    },
  };
}

export type Following<Order extends Followed = Followed> = ReturnType<typeof follow<Order>>;
