import type { SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import type { Batch, Item } from '../books/claims.ts';
import { DriftOracle } from '../books/drift-oracle.ts';
import { type Hands, noHands } from '../books/hands.ts';
import type { Tally } from '../books/tally.ts';
import type { BatchStep, Fault, Script } from '../story/steps.ts';
import { isDrift } from '../story/themes.ts';
import { connect } from './connect.ts';
import type { DrillStack } from './drill-stack.ts';

/** A batch as the API shows it. */
export interface BatchView {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly ended: boolean;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly progress: { readonly items: number };
}

/**
 * How long a batch, an undo or a check may be without any progress before it counts as stuck, in milliseconds. A call may wait for two
 * and a half minutes before it gets another request id, and a throttle for one. On a busy machine everything takes longer, and goes on.
 */
export const PATIENCE_MS = 400_000;
/** Longer than any story takes on a busy machine, in milliseconds: something that only seems to go on is stuck too. */
const MOST_MS = 1_500_000;

/** Throws once nothing has changed for a long time. */
export class Patience {
  readonly #beganAt = Date.now();
  #changedAt = Date.now();
  #seen = '';

  /** @param seen what there is to see now: it changes as long as there is progress */
  expect(seen: unknown, stuck: () => string): void {
    const text = JSON.stringify(seen);
    if (text !== this.#seen) this.#changedAt = Date.now();
    this.#seen = text;
    if (Date.now() - this.#changedAt > PATIENCE_MS || Date.now() - this.#beganAt > MOST_MS) throw new Error(stuck());
  }
}

/** A batch step without trouble. */
export const CALM: BatchStep = { do: 'batch', faults: [], preview: false, select: 'all', onProblem: 'skip', held: 'fix' };

/** What one seed is played on: its company, its books, and everything that is known of both so far. */
export class Stage {
  /** What differs, a sentence each. */
  readonly findings: string[] = [];
  /** What happened, in order. */
  readonly story: string[];
  readonly stack: DrillStack;
  readonly script: Script;
  readonly tally: Tally;
  /** The company's id, and its path in the API. */
  readonly id: string;
  readonly path: string;
  readonly books: Company;
  readonly records = new Map<string, SourceRecord>();
  readonly hands: Hands = noHands();
  readonly drift: DriftOracle;
  readonly batches: Batch[] = [];
  /** The trial balance before the first batch. */
  readonly balanceBefore: ReturnType<Company['trialBalance']>;
  readonly #beganAt = Date.now();

  constructor(stack: DrillStack, script: Script, tally: Tally, run: string, story: string[]) {
    this.story = story;
    this.stack = stack;
    this.script = script;
    this.tally = tally;
    this.id = `${run}-${script.seed}`;
    this.path = `/v1/companies/${this.id}`;
    this.books = stack.simulator.control.createCompany({ companyName: `Drill ${script.seed}`, ...script.books });
    this.balanceBefore = this.books.trialBalance();
    this.drift = new DriftOracle(this.books, this.hands);
  }

  get isDrift(): boolean {
    return isDrift(this.script.theme);
  }

  /** Whether no person changes the books in this story. */
  get isAlone(): boolean {
    return this.script.steps.every(
      (step) => (step.do !== 'person' || step.act.act === 'remove obstacles') && step.do !== 'match',
    );
  }

  /** Adds a line to the story, with the seconds since its beginning. */
  note(line: string): void {
    const seconds = `${Math.round((Date.now() - this.#beganAt) / 1_000)}`;
    this.story.push(`${seconds.padStart(4)} s  ${line}`);
  }

  /** Asks the API. Throws unless it answers with success. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.stack.call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Asks the API, and connects again like a person as long as it answers that access is lost. The answer may be any other refusal. */
  async askConnected<T extends { readonly code?: string }>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ status: number; body: T }> {
    const patience = new Patience();
    for (;;) {
      const answer = await this.stack.call<T>(method, path, body, key);
      if (answer.body.code !== 'access-lost') return answer;
      patience.expect(undefined, () => `${method} ${path} answers that access is lost, however often somebody connects again.`);
      this.note('   refused: access-lost');
      await this.reconnect();
    }
  }

  /** Throws unless the API refused with this code. */
  expectRefusal(answer: { status: number; body: { code?: string } }, code: string): void {
    if (answer.body.code !== code) throw new Error(`Refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  async reconnect(): Promise<void> {
    await connect(this.stack, this.id, this.books.realmId);
    this.tally.count('verbs', 'connected again');
  }

  async killWorker(state: string): Promise<void> {
    this.tally.count('faults', `worker killed while ${state}`);
    await this.stack.killWorker();
  }

  /** The items of a batch, as the API shows them now. */
  async items(batchId: string): Promise<readonly Item[]> {
    const page = await this.ask<{ rows: Item[]; next?: string }>('GET', `${this.path}/batches/${batchId}/items?limit=1000`);
    if (page.next !== undefined) throw new Error('A batch of the drill has more than 1,000 documents.');
    return page.rows;
  }

  /** Watches a batch by long polls until `seen` returns true: the next poll shows whatever happens in between. */
  async until(batchId: string, seen: (view: BatchView) => Promise<boolean>): Promise<BatchView> {
    const patience = new Patience();
    // A batch that was put on hold a second time may look as it did, so it is looked at more often.
    for (let [version, wait] = [0, 20]; ; ) {
      const view = await this.ask<BatchView>('GET', `${this.path}/batches/${batchId}?after=${version}&wait=${wait}`);
      if (await seen(view)) return view;
      version = view.version;
      wait = view.state === 'held' ? 3 : 20;
      const { state, progress, reason } = view;
      patience.expect(
        [state, progress, reason],
        () =>
          `Batch ${batchId} of ${this.id} is ${state} and does not end: ${JSON.stringify(progress)} ${JSON.stringify(reason)}`,
      );
    }
  }

  /** Makes trouble while `work` runs, and counts what struck. */
  async underFaults(faults: readonly Fault[], work: () => Promise<unknown>): Promise<void> {
    const { control } = this.stack.simulator;
    const rules = faults.flatMap(({ kind, rules: some }) =>
      some.map((rule) => ({ kind, id: control.addFault({ ...rule, aim: { ...rule.aim, realmId: this.books.realmId } }) })),
    );
    if (faults.length > 0)
      this.note(`   with ${faults.map(({ kind, rules: some }) => `${kind} ${JSON.stringify(some)}`).join('; ')}`);
    try {
      await work();
    } finally {
      for (const { kind, id } of rules) {
        const struck = control.faults().find((rule) => rule.id === id)?.struck ?? 0;
        if (struck > 0) this.tally.count('faults', kind, struck);
        control.removeFaults(id);
      }
    }
  }

  /** Items that are in the books, as `batch/seq`. */
  standingItems(): ReadonlySet<string> {
    return new Set(this.batches.flatMap(({ id, items }) => items.filter(stands).map(({ seq }) => `${id}/${seq}`)));
  }

  /** Our documents in the books by id, with their records; without those in doubt. */
  standingDocuments(): ReadonlyMap<string, string> {
    const doubted = new Set(this.batches.flatMap(({ items }) => items.filter(inDoubt).map(nameOf)));
    const items = this.batches.flatMap(({ items: all }) => all.filter((one) => stands(one) && !doubted.has(nameOf(one))));
    return new Map(items.map((item) => [item.externalId!, nameOf(item)]));
  }

  /** Frees what the simulator keeps for this seed. */
  forget(): void {
    const { control } = this.stack.simulator;
    for (const { id, aim } of control.faults()) if (aim?.realmId === this.books.realmId) control.removeFaults(id);
    control.removeCompany(this.books.realmId);
  }
}

/** Whether its last call has no known outcome. */
export function inDoubt({ state }: Item): boolean {
  return state === 'sending';
}

/** Whether the books hold it. */
export function stands({ state }: Item): boolean {
  return state === 'posted' || state === 'differs' || state === 'left';
}

/** `invoice/i-1`. */
export function nameOf({ record }: { readonly record: { readonly type: string; readonly id: string } }): string {
  return `${record.type}/${record.id}`;
}

/** `4 posted, 1 rejected`. */
export function statesOf(items: readonly Item[]): string {
  const counts = new Map<string, number>();
  for (const { state } of items) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ') || 'nothing';
}
