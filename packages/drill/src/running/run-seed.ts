import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { SourceRecord } from '@ledgerpost/core';
import type { Company } from '@ledgerpost/qbo-simulator';
import { DriftOracle, type DriftRow } from '../books/drift-oracle.ts';
import { type Batch, compareApplied, examine, type Item } from '../books/examine.ts';
import { actInBooks, type Hands, noHands } from '../books/person.ts';
import type { Tally } from '../books/tally.ts';
import {
  type BatchStep,
  type Choice,
  type Fault,
  isDrift,
  type PersonAct,
  type Script,
  type Step,
  scriptOf,
} from '../story/script.ts';
import { oneMore } from '../story/world.ts';
import { connect } from './connect.ts';
import type { DrillStack } from './drill-stack.ts';

/** What became of one seed. */
export interface SeedResult {
  readonly seed: number;
  readonly theme: string;
  /** What differs, a sentence each. */
  readonly findings: readonly string[];
  /** What happened, in order: for who looks into a finding. */
  readonly story: readonly string[];
  readonly ms: number;
}

interface BatchView {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly ended: boolean;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly progress: { readonly items: number };
}

/** How long a batch may take: whatever goes wrong, time mends it sooner. In milliseconds. */
const PATIENCE_MS = 240_000;

/** Plays one seed's script on a company and books of its own. */
export async function runSeed(
  stack: DrillStack,
  seed: number,
  tally: Tally,
  run: string,
  story: string[] = [],
): Promise<SeedResult> {
  const began = Date.now();
  const script = scriptOf(seed);
  const play = new Play(stack, script, tally, run, story);
  try {
    await play.all();
  } catch (error) {
    play.findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    play.forget();
  }
  return { seed, theme: script.theme, findings: play.findings, story: play.story, ms: Date.now() - began };
}

class Play {
  readonly findings: string[] = [];
  readonly story: string[];
  readonly #stack: DrillStack;
  readonly #script: Script;
  readonly #tally: Tally;
  readonly #co: string;
  readonly #id: string;
  readonly #books: Company;
  readonly #records = new Map<string, SourceRecord>();
  readonly #hands: Hands = noHands();
  readonly #drift: DriftOracle;
  readonly #batches: Batch[] = [];
  readonly #before: ReturnType<Company['trialBalance']>;

  constructor(stack: DrillStack, script: Script, tally: Tally, run: string, story: string[]) {
    this.story = story;
    this.#stack = stack;
    this.#script = script;
    this.#tally = tally;
    this.#id = `${run}-${script.seed}`;
    this.#co = `/v1/companies/${this.#id}`;
    this.#books = stack.simulator.control.createCompany({ companyName: `Drill ${script.seed}`, ...script.books });
    this.#before = this.#books.trialBalance();
    this.#drift = new DriftOracle(this.#books, this.#hands);
  }

  async all(): Promise<void> {
    const { settings, steps, theme } = this.#script;
    this.#tally.count('theme', theme);
    await this.#ask('PUT', this.#co, { name: `Drill ${this.#script.seed}`, timeZone: 'America/Los_Angeles', currency: 'USD' });
    await this.#ask('PUT', `${this.#co}/targets/qbo`, settings);
    await connect(this.#stack, this.#id, this.#books.realmId);
    for (const [at, step] of steps.entries()) {
      this.#tell(`${at + 1}. ${step.do}${step.do === 'person' ? `: ${JSON.stringify(step.act)}` : ''}`);
      await this.#play(step);
      if (step.do !== 'put' && step.do !== 'person') this.#examine(`after step ${at + 1} (${step.do})`);
      if (this.findings.length > 0) return;
    }
    if (theme === 'limits on') {
      const ours = this.#stack.simulator.control
        .requests()
        .filter((one) => one.realmId === this.#books.realmId && one.trouble === 'limit');
      if (ours.length > 0)
        this.findings.push(`${ours.length} requests were throttled that our own limiter should have held back.`);
    }
  }

  /** Frees what the simulator keeps for it. */
  forget(): void {
    const { control } = this.#stack.simulator;
    for (const { id, aim } of control.faults()) if (aim?.realmId === this.#books.realmId) control.removeFaults(id);
    control.removeCompany(this.#books.realmId);
  }

  async #play(step: Step): Promise<void> {
    switch (step.do) {
      case 'put':
        return this.#put(step.records);
      case 'person':
        return this.#person(step.act);
      case 'batch':
        return this.#batch(step);
      case 'retry':
        return this.#retry();
      case 'undo': {
        const last = this.#batches.findLast(({ items }) => items.some(stands));
        if (last !== undefined) await this.#undo(last, step.faults, step.killIn, step.lookIn);
        return;
      }
      case 'look':
        return this.#look(step);
      case 'decide':
        return this.#decide(step.choices);
      case 'settle':
        return this.#settle();
      case 'undo all':
        return this.#undoAll(step.faults);
      default:
        return step satisfies never;
    }
  }

  #person(act: PersonAct): void {
    const mayAct = !isDrift(this.#script.theme) || !('record' in act) || this.#isOursFor(act.record);
    if (mayAct && actInBooks(this.#books, this.#records, this.#hands, act)) this.#tally.count('person', act.act);
    else this.#tell('   nothing to act on');
    this.#rememberTouched();
  }

  /** Whether it is known to stand in the books: of what is in doubt nobody could say what it held before. */
  #isOursFor(key: string): boolean {
    const items = this.#batches.flatMap(({ items: all }) => all.filter(({ record }) => `${record.type}/${record.id}` === key));
    return items.some(stands) && !items.some(inDoubt);
  }

  /** Looks in trouble, if there is to be any, and then in peace: that one has to know everything. */
  async #look({ faults, meanwhile }: Extract<Step, { readonly do: 'look' }>): Promise<void> {
    if (faults.length > 0 || meanwhile.length > 0) {
      await this.#struck(faults, async () => {
        await this.#askForLook();
        for (const act of meanwhile) {
          this.#tell(`   meanwhile: ${JSON.stringify(act)}`);
          this.#person(act);
        }
        await this.#lookEnd();
      });
    }
    await this.#askForLook();
    await this.#lookEnd();
    this.#tally.count('drift', 'looks');
    const { rows, open } = await this.#drifts('state=open&');
    this.#tell(`   open: ${rows.map(({ record, status }) => `${record.type}/${record.id} ${status}`).join(', ') || 'nothing'}`);
    this.findings.push(...this.#drift.compare(rows, open, this.#standing()));
    this.findings.push(...this.#drift.compareAll((await this.#drifts('')).rows));
  }

  async #askForLook(): Promise<void> {
    for (;;) {
      const answer = await this.#stack.call<{ code?: string }>('POST', `${this.#co}/targets/qbo/look`);
      if (answer.status < 300) return;
      this.#expectRefusal(answer, 'access-lost');
      await this.#reconnect();
    }
  }

  async #lookEnd(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let times = 1; ; ) {
      const look = await this.#ask<{ state: string; wantedAt: string | null; reason: { code: string; message: string } | null }>(
        'GET',
        `${this.#co}/targets/qbo/look`,
      );
      if (look.wantedAt === null && look.state === 'done') return;
      if (look.wantedAt === null && look.state === 'failed') {
        this.#tally.count('drift', `look failed: ${look.reason?.code}`);
        this.#tell(`   the look failed: ${look.reason?.code}`);
        if (look.reason?.code !== 'access-lost' || times++ === 4) throw new Error(`The look failed: ${JSON.stringify(look)}`);
        await this.#reconnect();
        await this.#askForLook();
      }
      if (Date.now() > deadline) throw new Error(`The look at ${this.#id} does not end: ${JSON.stringify(look)}`);
      await sleep(150);
    }
  }

  async #drifts(query: string): Promise<{ rows: DriftRow[]; open: number }> {
    return this.#ask('GET', `${this.#co}/drift?${query}limit=500`);
  }

  async #decide(choices: readonly Choice[]): Promise<void> {
    const { rows } = await this.#drifts('state=open&');
    const sorted = rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const [at, row] of sorted.entries()) {
      const wanted = choices[at % choices.length]!;
      if (wanted === 'leave') continue;
      // What can't be sent is kept, or closed: one of these is always possible.
      for (const choice of new Set<Choice>([wanted, 'keep-theirs', 'resolve'])) {
        if (!row.choices.includes(choice)) continue;
        const answer = await this.#stack.call<{ code?: string; detail?: string }>(
          'POST',
          `${this.#co}/drift/${row.id}/${choice}`,
        );
        this.#tell(`   ${nameOf(row)} ${row.status}: ${choice}${answer.status < 300 ? '' : ` refused (${answer.body.code})`}`);
        this.#tally.count('drift', `${choice}${answer.status < 300 ? '' : ` refused: ${answer.body.code}`}`);
        if (answer.status < 300) {
          this.#drift.decided(row, choice);
          break;
        }
        this.#expectRefusal(answer, 'not-sendable-again');
      }
    }
    for (const batch of this.#batches) batch.items = await this.#items(batch.id);
  }

  /** Our documents in the books, with their records; without those that are in doubt. */
  #standing(): ReadonlyMap<string, string> {
    const doubted = new Set(this.#batches.flatMap(({ items }) => items.filter(inDoubt).map(nameOf)));
    const items = this.#batches.flatMap(({ items: all }) => all.filter((one) => stands(one) && !doubted.has(nameOf(one))));
    return new Map(items.map((item) => [item.externalId!, nameOf(item)]));
  }

  #standingItems(): ReadonlySet<string> {
    return new Set(this.#batches.flatMap(({ id, items }) => items.filter(stands).map(({ seq }) => `${id}/${seq}`)));
  }

  #rememberTouched(): void {
    for (const id of this.#hands.touched.keys()) {
      if (this.#hands.under.has(id)) continue;
      const under = this.#batches.flatMap(({ id: batch, items }) =>
        items.filter((item) => item.externalId === id && stands(item)).map(({ seq }) => `${batch}/${seq}`),
      );
      this.#hands.under.set(id, new Set(under));
    }
  }

  async #put(records: readonly SourceRecord[]): Promise<void> {
    if (records.length === 0) return;
    const told = await this.#ask<{ refused: number }>(
      'POST',
      `${this.#co}/records`,
      `${records.map((one) => JSON.stringify(one)).join('\n')}\n`,
    );
    if (told.refused > 0) throw new Error(`${told.refused} of the drill's records were refused: ${JSON.stringify(told)}`);
    for (const record of records) this.#records.set(`${record.type}/${record.id}`, record);
  }

  async #batch(step: BatchStep): Promise<void> {
    const selection = this.#selection(step.select);
    const body: Record<string, unknown> = { onProblem: step.onProblem, acknowledge: ['payments-without-invoices'], selection };
    if (step.preview) {
      const preview = await this.#stack.call<{ digest: string; code?: string }>(
        'POST',
        `${this.#co}/targets/qbo/batches:preview`,
        { selection },
      );
      if (preview.body.code === 'access-lost') await this.#reconnect();
      else if (preview.status === 200) body.digest = preview.body.digest;
      else this.#expectRefusal(preview, 'nothing-to-send');
    }
    await this.#struck(step.faults, () => this.#start('batches', body, step));
  }

  async #retry(): Promise<void> {
    const last = this.#batches.at(-1);
    if (last === undefined || last.items.some((item) => item.state === 'released')) return;
    await this.#start(`../../batches/${last.id}/retry`, undefined, CALM);
  }

  /** Starts a batch and stays with it until it has ended. False: there was nothing to send. */
  async #start(path: string, body: unknown, step: BatchStep): Promise<boolean> {
    const before = new Map(this.#records);
    const url = new URL(`${this.#co}/targets/qbo/${path}`, 'http://localhost').pathname;
    const key = `${this.#id}-${this.#batches.length + 1}`;
    const answer = await this.#stack.call<{ batch: BatchView; code?: string }>('POST', url, body, key);
    if (answer.body.code === 'access-lost') {
      this.#tell('   refused: access-lost');
      await this.#reconnect();
      return this.#start(path, body, step);
    }
    if (answer.status >= 300) {
      this.#expectRefusal(answer, 'nothing-to-send');
      this.#tell('   nothing to send');
      return false;
    }
    const batch: Batch = { id: answer.body.batch.id, before, meanwhile: undefined, items: [] };
    this.#batches.push(batch);
    this.#tally.count('batches', 'started');
    const stood = this.#standingItems();
    const end = await this.#follow(batch, step);
    batch.items = await this.#items(batch.id);
    // What an earlier batch left in doubt has its outcome before a later one begins.
    for (const earlier of this.#batches) if (earlier.items.some(inDoubt)) earlier.items = await this.#items(earlier.id);
    if (isDrift(this.#script.theme)) this.findings.push(...this.#drift.wrote(this.#batches, stood));
    this.#tally.batch(end.state, batch.items);
    this.#tell(`   ${end.state}${end.reason === null ? '' : ` (${end.reason.code})`}: ${sayStates(batch.items)}`);
    if (end.state === 'failed') this.findings.push(`Batch ${batch.id} failed: ${end.reason?.code} ${end.reason?.message}`);
    return true;
  }

  /** Long polls alone: whatever happens to the batch answers the next one. */
  async #follow(batch: Batch, step: BatchStep): Promise<BatchView> {
    const acted = new Set<string>();
    const once = async (what: string, when: boolean, act: () => Promise<unknown>) => {
      if (!when || acted.has(what)) return;
      acted.add(what);
      await act();
    };
    return this.#until(batch.id, async (view) => {
      const now = (state: string | undefined) => state === view.state;
      await once('meanwhile', step.meanwhile !== undefined && view.state !== 'selecting', async () => {
        await this.#put(step.meanwhile!);
        batch.meanwhile = new Map(this.#records);
        this.#tally.count('verbs', 'records changed meanwhile');
      });
      await once('cancel', now(step.cancelIn), async () => {
        const { status } = await this.#stack.call('POST', `${this.#co}/batches/${batch.id}/cancel`);
        if (status < 300) this.#tally.count('verbs', 'canceled');
      });
      await once('kill', now(step.killIn), () => this.#kill(view.state));
      await once('look', now(step.lookIn), () => this.#askForLook());
      // A batch that was told to go on is held until its workflow has heard of it.
      if (view.state !== 'held') acted.delete('mend');
      await once('mend', now('held'), () => this.#mend(view, step.held));
      return view.ended;
    });
  }

  async #mend(view: BatchView, how: BatchStep['held']): Promise<void> {
    this.#tally.count('held', view.reason?.code ?? '?');
    this.#tell(`   held: ${view.reason?.code}`);
    if (how === 'cancel') {
      await this.#stack.call('POST', `${this.#co}/batches/${view.id}/cancel`);
      return;
    }
    if (view.reason?.code === 'access-lost') await this.#reconnect();
    this.#books.setLapsed(false);
    await this.#stack.call('POST', `${this.#co}/batches/${view.id}/resume`);
  }

  async #reconnect(): Promise<void> {
    await connect(this.#stack, this.#id, this.#books.realmId);
    this.#tally.count('verbs', 'connected again');
  }

  async #undo(batch: Batch, faults: readonly Fault[], killIn?: string, lookIn?: string): Promise<void> {
    const stood = this.#standingItems();
    await this.#struck(faults, async () => {
      for (let times = 1; ; times++) {
        const answer = await this.#stack.call<{ code?: string }>('POST', `${this.#co}/batches/${batch.id}/undo`);
        if (answer.body.code === 'access-lost') {
          await this.#reconnect();
          continue;
        }
        if (answer.status >= 300) {
          this.#expectRefusal(answer, 'not-undoable');
          this.#tell(`   ${answer.body.code}`);
          return;
        }
        this.#tally.count('undos', 'started');
        let killed = false;
        let looked = false;
        const end = await this.#until(batch.id, async (view) => {
          if (view.state === killIn && !killed) {
            killed = true;
            await this.#kill(view.state);
          }
          if (view.state === lookIn && !looked) {
            looked = true;
            await this.#askForLook();
          }
          return view.ended;
        });
        // Before an undo, too, doubts of earlier batches are settled.
        for (const each of this.#batches) if (each === batch || each.items.some(inDoubt)) each.items = await this.#items(each.id);
        if (isDrift(this.#script.theme)) this.findings.push(...this.#drift.wrote(this.#batches, stood));
        this.#tally.undo(end.state, batch.items);
        this.#tell(`   ${end.state}${end.reason === null ? '' : ` (${end.reason.code})`}: ${sayStates(batch.items)}`);
        if (end.reason === null || times === 6) {
          if (end.reason !== null) this.findings.push(`The undo of ${batch.id} did not come to its end: ${end.reason.message}`);
          return;
        }
        if (end.reason.code === 'access-lost') await this.#reconnect();
        this.#books.setLapsed(false);
      }
    });
  }

  async #undoAll(faults: readonly Fault[]): Promise<void> {
    for (const [at, batch] of this.#batches.toReversed().entries()) {
      if (batch.items.some(stands)) await this.#undo(batch, at === 0 ? faults : []);
      this.#examine('in between');
      if (this.findings.length > 0) return;
    }
    if (isDrift(this.#script.theme)) this.findings.push(...this.#drift.unreasonablyLeft(this.#batches));
    const items = this.#batches.flatMap((batch) => batch.items);
    if (!this.#isAlone() || items.some(({ operation, state }) => operation === 'invoice.void' || state === 'sending')) return;
    const left = items.filter(stands);
    for (const { record, problems } of left)
      this.findings.push(
        `${record.type}/${record.id} could not be taken back, though no person had touched it: ${problems.at(-1)?.message}`,
      );
    const after = this.#books.trialBalance();
    if (left.length === 0 && !isDeepStrictEqual(after, this.#before))
      this.findings.push(
        `After the undo of everything the trial balance is ${JSON.stringify(after)}, and was ${JSON.stringify(this.#before)}.`,
      );
    this.#tally.count('undos', 'of everything');
  }

  /** Without trouble, everything that can be sent gets there; what is left says why. */
  async #settle(): Promise<void> {
    let sent = true;
    for (let times = 0; sent && times < 4; times++) {
      sent = await this.#start('batches', { acknowledge: ['payments-without-invoices'] }, CALM);
      if (sent && this.#batches.at(-1)!.items.every((item) => !stands(item))) sent = false;
    }
    if (this.#batches.some(({ items }) => items.some(inDoubt))) {
      this.#tally.count('verbs', 'one more, so that doubts are settled');
      await this.#put([oneMore(`i-more-${this.#batches.length}`)]);
      await this.#start('batches', { acknowledge: ['payments-without-invoices'] }, CALM);
    }
    for (const { record } of this.#batches.flatMap(({ items }) => items.filter(inDoubt)))
      this.findings.push(`${record.type}/${record.id} is still in doubt after another batch without trouble.`);
    const standing = new Set(
      this.#batches.flatMap(({ items }) => items.filter(stands).map(({ record }) => `${record.type}/${record.id}`)),
    );
    const said = new Set(
      this.#batches.flatMap(({ items }) =>
        items.filter(({ problems }) => problems.length > 0).map(({ record }) => `${record.type}/${record.id}`),
      ),
    );
    for (const list of ['invoices', 'payments']) {
      for (let after = ''; ; ) {
        const page = await this.#ask<{
          rows: { type: string; id: string; reason: string | null; problems: unknown[]; readiness: string }[];
          next?: string;
        }>('GET', `${this.#co}/targets/qbo/unbatched/${list}?limit=200${after}`);
        for (const row of page.rows)
          if (row.reason !== null || row.problems.length > 0 || row.readiness === 'waiting') said.add(`${row.type}/${row.id}`);
        if (page.next === undefined) break;
        after = `&after=${encodeURIComponent(page.next)}`;
      }
    }
    for (const [key, record] of this.#records) {
      const due =
        (record.type === 'invoice' && record.status === 'finalized') ||
        record.type === 'creditMemo' ||
        (record.type === 'payment' && record.status === 'received');
      if (!due || standing.has(key) || said.has(key)) continue;
      if (record.type === 'payment' && this.#isRefunded(record.id)) continue;
      this.findings.push(`${key} is not in the books after everything was sent, and no problem says why.`);
    }
    const { theme } = this.#script;
    if (isDrift(theme)) {
      this.findings.push(...this.#drift.unsent(said));
      this.findings.push(...compareApplied(this.#books, this.#batches, this.#records, said, this.#hands.linked));
    }
    if (this.#isAlone() && theme !== 'books apply credit by themselves')
      this.findings.push(...compareApplied(this.#books, this.#batches, this.#records, said));
  }

  /** Whether no person has a part in the books. */
  #isAlone(): boolean {
    return this.#script.steps.every((step) => step.do !== 'person' || step.act.act === 'clear the way');
  }

  #isRefunded(id: string): boolean {
    let left = 0;
    for (const record of this.#records.values()) {
      if (record.type === 'payment' && record.id === id) left += Number(record.amount);
      if (record.type === 'refund' && record.paymentId === id) left -= Number(record.amount);
    }
    return Math.abs(left) < 0.005;
  }

  /** Makes trouble while something is done, and counts what struck. */
  async #struck(faults: readonly Fault[], work: () => Promise<unknown>): Promise<void> {
    const { control } = this.#stack.simulator;
    const rules = faults.flatMap(({ kind, rules: some }) =>
      some.map((rule) => ({ kind, id: control.addFault({ ...rule, aim: { ...rule.aim, realmId: this.#books.realmId } }) })),
    );
    if (faults.length > 0)
      this.#tell(`   with ${faults.map(({ kind, rules: some }) => `${kind} ${JSON.stringify(some)}`).join('; ')}`);
    try {
      await work();
    } finally {
      for (const { kind, id } of rules) {
        const struck = control.faults().find((rule) => rule.id === id)?.struck ?? 0;
        if (struck > 0) this.#tally.count('faults', kind, struck);
        control.removeFaults(id);
      }
    }
  }

  #examine(when: string): void {
    const mayDiffer = this.#script.theme === 'automated tax has other totals';
    const { findings } = examine(this.#books, this.#batches, this.#hands, mayDiffer);
    const stands = isDrift(this.#script.theme) ? this.#drift.stands() : [];
    this.findings.push(...[...findings, ...stands].map((finding) => `${when}: ${finding}`));
  }

  #selection(select: BatchStep['select']): object {
    switch (select) {
      case 'all':
        return {};
      case 'invoices':
        return { invoices: { choose: 'all' } };
      case 'half': {
        const half = (types: readonly string[]) =>
          [...this.#records.values()]
            .filter(({ type }, at) => types.includes(type) && at % 2 === 0)
            .map(({ type, id }) => ({ type, id }));
        return {
          invoices: { choose: 'ids', ids: half(['invoice', 'creditMemo']) },
          payments: { choose: 'ids', ids: half(['payment', 'refund']) },
        };
      }
      default:
        return select satisfies never;
    }
  }

  async #until(batchId: string, seen: (view: BatchView) => Promise<boolean>): Promise<BatchView> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let version = 0; ; ) {
      const view = await this.#ask<BatchView>('GET', `${this.#co}/batches/${batchId}?after=${version}&wait=20`);
      if (await seen(view)) return view;
      version = view.version;
      if (Date.now() > deadline)
        throw new Error(
          `Batch ${batchId} of ${this.#id} is ${view.state} and does not end: ${JSON.stringify(view.progress)} ${JSON.stringify(view.reason)}`,
        );
    }
  }

  async #items(batchId: string): Promise<readonly Item[]> {
    const page = await this.#ask<{ rows: Item[]; next?: string }>('GET', `${this.#co}/batches/${batchId}/items?limit=1000`);
    if (page.next !== undefined) throw new Error('A batch of the drill has more than 1,000 documents.');
    return page.rows;
  }

  async #kill(state: string): Promise<void> {
    this.#tally.count('faults', `worker killed while ${state}`);
    await this.#stack.killWorker();
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#stack.call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  #expectRefusal(answer: { status: number; body: { code?: string } }, code: string): void {
    if (answer.body.code !== code) throw new Error(`Refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  #tell(line: string): void {
    this.story.push(line);
  }
}

const CALM: BatchStep = { do: 'batch', faults: [], preview: false, select: 'all', onProblem: 'skip', held: 'mend' };

function inDoubt({ state }: Item): boolean {
  return state === 'sending';
}

function stands({ state }: Item): boolean {
  return state === 'posted' || state === 'differs' || state === 'left';
}

function nameOf({ record }: { readonly record: { readonly type: string; readonly id: string } }): string {
  return `${record.type}/${record.id}`;
}

function sayStates(items: readonly Item[]): string {
  const counts = new Map<string, number>();
  for (const { state } of items) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ') || 'nothing';
}
