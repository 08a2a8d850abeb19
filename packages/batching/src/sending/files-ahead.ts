import type { AnyTarget, BatchedRef, Document, ExportedItem, Json, Operation } from '@ledgerpost/core';
import {
  countsForFiles,
  FilesIncomplete,
  fileStore,
  hasGenerations,
  hashOf,
  lockVerdicts,
  type Range,
  type Store,
  type StoredFile,
  type WorkBatch,
} from '@ledgerpost/store';
import { inOnePass } from '../judging/in-one-pass.ts';
import { keyOf } from './export-documents.ts';

/** A document that can be sent, with its payload. */
export class PayloadAhead implements ExportedItem {
  readonly #batch: WorkBatch;
  readonly seq: number;
  readonly record: BatchedRef;
  readonly operation: Operation;
  readonly payload: Json;
  /** How many problems and notices it has. */
  readonly told: number;

  constructor(batch: WorkBatch, seq: number, { record, operation }: Document, payload: Json, told: number) {
    this.#batch = batch;
    this.seq = seq;
    this.record = record;
    this.operation = operation;
    this.payload = payload;
    this.told = told;
  }

  /** The key that the write has where no write of its record was refused or undone, and none is replaced. Few targets of files look at it. */
  get key(): string {
    return keyOf(this.#batch, this, hashOf(JSON.stringify(this.payload)), '0');
  }
}

/** Operations that replace nothing in the books: the keys of others depend on what is posted. */
const INSERTS: readonly Operation[] = ['invoice.insert', 'payment.insert', 'creditMemo.insert', 'journal.insert'];

/** Chunks that wait for the writer, while it writes another: then freezing waits for it. */
const ROOM = 1;
/**
 * Chunks that wait while the one before them has not come: with more, another process has that one, and nobody writes ahead. On a busy
 * machine the first activity may begin after the two beside it, which have ten chunks each.
 */
const MOST = 20;

/**
 * The files of a batch, written from the documents as they are frozen, so that none is read again. They are a guess: that the check of
 * the whole batch takes nothing out, and that this process freezes all chunks. Where it is wrong, nothing counts that was written here,
 * and the files are written from the frozen documents, to the same bytes.
 */
export class FilesAhead {
  readonly #store: Store;
  readonly #batch: WorkBatch;
  readonly #last: number;
  readonly #waiting = new Map<number, { readonly toSeq: number; readonly payloads: readonly PayloadAhead[] }>();
  readonly #files: ReturnType<typeof fileStore>;
  readonly #written: Promise<boolean>;
  #changed = Promise.withResolvers<void>();
  #next = 1;
  #documents = 0;
  /** Of new payments. */
  #told = 0;
  #gaveUp = false;
  /** Whether no chunk comes any more. */
  #isComplete = false;
  /** Whether the writer waits for a chunk. */
  #isIdle = false;
  #usedAt = Date.now();

  constructor(store: Store, target: AnyTarget, batch: WorkBatch) {
    const { delivery } = target;
    if (delivery.by !== 'files') throw new Error(`The target ${target.id} writes no files.`);
    this.#store = store;
    this.#batch = batch;
    this.#last = batch.plan?.items ?? 0;
    const files = fileStore(store, batch.id, { whileOpen: true });
    this.#files = files;
    const order = { batch: { id: batch.id, name: batch.name }, currency: batch.company.currency, settings: batch.settings };
    this.#written = (async () => {
      try {
        await delivery.render(this.#arriving(), files.sink, order);
        return !this.#gaveUp;
      } catch {
        // Whatever it was: the step that writes files finds it again, and says so.
        this.giveUp();
        return false;
      }
    })();
  }

  get isOver(): boolean {
    return this.#gaveUp || Date.now() - this.#usedAt > STALE_MS;
  }

  /** Leaves it to the step that writes files. */
  giveUp(): void {
    this.#gaveUp = true;
    this.#waiting.clear();
    this.#wake();
  }

  /**
   * Accepts what a chunk froze, once that is committed; resolves when there is room for more.
   * @param payloads undefined: another attempt froze the chunk, or a part of it
   */
  async take({ fromSeq, toSeq }: Range, payloads: readonly PayloadAhead[] | undefined): Promise<void> {
    if (this.#gaveUp) return;
    this.#usedAt = Date.now();
    const isKnown = fromSeq < this.#next || this.#waiting.has(fromSeq);
    // A chunk that is frozen again after it was here: the database was restored.
    if (isKnown !== (payloads === undefined)) return this.giveUp();
    if (payloads === undefined) return;
    this.#waiting.set(fromSeq, { toSeq, payloads });
    this.#wake();
    while (!this.#gaveUp && this.#waiting.size > ROOM) {
      if (!this.#waiting.has(this.#next) && this.#isIdle) {
        if (this.#waiting.size > MOST) this.giveUp();
        return;
      }
      await this.#changed.promise;
    }
  }

  /**
   * Seals what was written, if it holds exactly the documents that are to be sent.
   * @returns undefined if it does not: nothing has changed then
   */
  async seal(): Promise<readonly StoredFile[] | undefined> {
    this.#isComplete = true;
    this.#wake();
    if (!(await this.#written)) return undefined;
    const { id, company, target } = this.#batch;
    return this.#store.sql
      .begin(async (sql) => {
        await lockVerdicts(sql, id);
        // Documents only ever leave what is to be sent, so as many are the same ones. The check changes payments alone, and says so at each.
        const { documents, told } = await countsForFiles(sql, id);
        if (documents !== this.#documents || told !== this.#told) return undefined;
        if (await hasGenerations(sql, company.id, target)) return undefined;
        return this.#files.seal(sql, this.#documents);
      })
      .catch((error: unknown) => {
        if (error instanceof FilesIncomplete) return undefined;
        throw error;
      });
  }

  async *#arriving(): AsyncGenerator<ExportedItem> {
    while (this.#next <= this.#last) {
      const chunk = this.#waiting.get(this.#next);
      if (chunk === undefined) {
        this.#isIdle = true;
        this.#wake();
        if (this.#gaveUp || this.#isComplete) throw new Error('The files are not written ahead.');
        await this.#changed.promise;
        continue;
      }
      this.#isIdle = false;
      this.#waiting.delete(this.#next);
      this.#next = chunk.toSeq + 1;
      this.#wake();
      for (const item of chunk.payloads) {
        this.#documents += 1;
        if (item.operation === 'payment.insert') this.#told += item.told;
        yield item;
      }
      if (this.#gaveUp) throw new Error('The files are not written ahead.');
    }
  }

  #wake(): void {
    const before = this.#changed;
    this.#changed = Promise.withResolvers();
    before.resolve();
  }
}

/** Each has a file of up to 10 MB in memory, and a chunk or more. */
const MOST_AHEAD = 2;
const STALE_MS = 120_000;
const ahead = new Map<string, FilesAhead>();

/**
 * Where a batch's files are written ahead: undefined where it is small, where others are, or where it would be no use.
 * @param large from how many documents on: reading fewer again takes no time worth saving
 */
export function filesAheadOf(store: Store, target: AnyTarget, batch: WorkBatch, large: number): FilesAhead | undefined {
  const known = ahead.get(batch.id);
  if (known !== undefined) return known;
  if ((batch.plan?.items ?? 0) < large || !isWorthIt(target, batch)) return undefined;
  for (const [id, other] of ahead) {
    if (ahead.size < MOST_AHEAD) break;
    if (!other.isOver) continue;
    other.giveUp();
    ahead.delete(id);
  }
  if (ahead.size >= MOST_AHEAD) return undefined;
  const made = new FilesAhead(store, target, batch);
  ahead.set(batch.id, made);
  return made;
}

/** What was written ahead for a batch, for the one who wants it now; then it is forgotten. */
export function takeFilesAhead(batchId: string): FilesAhead | undefined {
  const known = ahead.get(batchId);
  ahead.delete(batchId);
  return known;
}

function isWorthIt(target: AnyTarget, { plan, state }: WorkBatch): boolean {
  if (plan === null || state !== 'selecting') return false;
  if (!inOnePass(target) || target.chart.by !== 'declared') return false;
  const used = plan.stages.filter(({ fromSeq, toSeq }) => fromSeq <= toSeq);
  return used.every(({ id }) => {
    const stage = target.stages.find((one) => one.id === id);
    return stage?.operations.every((operation) => INSERTS.includes(operation)) === true;
  });
}
