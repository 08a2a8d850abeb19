import { setImmediate as nextTurn } from 'node:timers/promises';
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
/** Documents of the chunk whose turn it is that wait for the writer. The fewer, the sooner their memory is free again. */
const AT_HAND = 32;
/** Between two turns of the event loop: some three milliseconds of work. */
const CALLS_A_TURN = 8;

/**
 * The files of a batch, written from the documents as they are frozen, so that none is read again. They are a guess: that the check of
 * the whole batch takes nothing out, that what is built is stored, and that this process freezes all chunks. Where it is wrong, nothing
 * counts that was written here, and the files are written from the frozen documents, to the same bytes.
 */
export class FilesAhead {
  readonly #store: Store;
  readonly #batch: WorkBatch;
  readonly #last: number;
  /** Chunks that are being frozen here, those whose documents are built not among them. */
  readonly #building: ChunkAhead[] = [];
  /** The chunk whose documents go to the writer as they are built. */
  #feeding: ChunkAhead | undefined;
  #atHand: PayloadAhead[] = [];
  /** Chunks that were built before those before them. */
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
    this.#atHand = [];
    this.#wake();
  }

  /** A chunk that is going to be frozen here. End it by `leaves`, whatever happens. */
  chunk(range: Range): ChunkAhead {
    const chunk = new ChunkAhead(this, this.#batch, range);
    this.#building.push(chunk);
    return chunk;
  }

  /**
   * Resolves when the chunks before it that are frozen here are built: then it is the next one, mostly, and none of its documents has to
   * wait in memory for others.
   * @returns where its documents go: to the writer at once, or later, as it is not the next one; undefined: nowhere
   */
  async turnOf(chunk: ChunkAhead, isWhole: boolean): Promise<'now' | 'later' | 'known' | undefined> {
    this.#usedAt = Date.now();
    const { fromSeq } = chunk.range;
    while (!this.#gaveUp && (this.#isBehind(chunk) || this.#comes(fromSeq))) await this.#changed.promise;
    if (this.#gaveUp) return undefined;
    if (fromSeq < this.#next || this.#waiting.has(fromSeq)) return 'known';
    if (!isWhole) {
      this.giveUp();
      return undefined;
    }
    if (fromSeq !== this.#next) return 'later';
    this.#feeding = chunk;
    return 'now';
  }

  /** Whether a chunk before it, or another attempt at it that began earlier, is still to be built here. */
  #isBehind(chunk: ChunkAhead): boolean {
    const { fromSeq } = chunk.range;
    const at = this.#building.indexOf(chunk);
    return this.#building.some(({ range }, other) => range.fromSeq < fromSeq || (range.fromSeq === fromSeq && other < at));
  }

  /** Whether it will be the next one as soon as the writer has what waits. */
  #comes(fromSeq: number): boolean {
    let next = this.#next;
    for (let chunk = this.#waiting.get(next); chunk !== undefined; chunk = this.#waiting.get(next)) next = chunk.toSeq + 1;
    return fromSeq === next && fromSeq !== this.#next;
  }

  /** Accepts a document of the chunk whose turn it is. */
  accept(payload: PayloadAhead): void {
    if (this.#gaveUp) return;
    this.#atHand.push(payload);
    if (this.#isIdle) this.#wake();
  }

  /** Resolves when few documents wait for the writer. */
  async room(): Promise<void> {
    while (!this.#gaveUp && this.#atHand.length > AT_HAND) await this.#changed.promise;
  }

  /** A chunk is built, or never will be. */
  endBuilding(chunk: ChunkAhead): void {
    const at = this.#building.indexOf(chunk);
    if (at === -1) return;
    this.#building.splice(at, 1);
    if (this.#feeding === chunk) {
      this.#feeding = undefined;
      this.#next = chunk.range.toSeq + 1;
    }
    this.#wake();
  }

  /** Accepts the documents of a chunk that was not the next one, once they are frozen; resolves when there is room for more. */
  async take({ fromSeq, toSeq }: Range, payloads: readonly PayloadAhead[]): Promise<void> {
    if (this.#gaveUp) return;
    this.#usedAt = Date.now();
    this.#waiting.set(fromSeq, { toSeq, payloads });
    this.#wake();
    while (!this.#gaveUp && this.#waiting.size > ROOM) {
      if (this.#feeding === undefined && !this.#waiting.has(this.#next) && this.#isIdle) {
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
    for (;;) {
      const items = this.#arrived();
      if (items === undefined && this.#feeding === undefined && this.#next > this.#last) return;
      this.#isIdle = items === undefined;
      this.#wake();
      for (const item of items ?? []) {
        this.#documents += 1;
        if (item.operation === 'payment.insert') this.#told += item.told;
        yield item;
      }
      if (this.#gaveUp || (items === undefined && this.#isComplete)) throw new Error('The files are not written ahead.');
      if (items === undefined) await this.#changed.promise;
    }
  }

  /** The next documents for the writer, if they are here. */
  #arrived(): readonly PayloadAhead[] | undefined {
    if (this.#atHand.length > 0) {
      const items = this.#atHand;
      this.#atHand = [];
      return items;
    }
    const chunk = this.#feeding === undefined ? this.#waiting.get(this.#next) : undefined;
    if (chunk === undefined) return undefined;
    this.#waiting.delete(this.#next);
    this.#next = chunk.toSeq + 1;
    return chunk.payloads;
  }

  #wake(): void {
    const before = this.#changed;
    this.#changed = Promise.withResolvers();
    before.resolve();
  }
}

/** The documents of one chunk, on their way into the files of its batch. */
export class ChunkAhead {
  readonly #files: FilesAhead;
  readonly #batch: WorkBatch;
  readonly range: Range;
  readonly #later: PayloadAhead[] = [];
  #goes: Awaited<ReturnType<FilesAhead['turnOf']>>;
  #isStored = false;
  #asked = 0;

  constructor(files: FilesAhead, batch: WorkBatch, range: Range) {
    this.#files = files;
    this.#batch = batch;
    this.range = range;
  }

  /**
   * Resolves when its documents may be built.
   * @param isWhole whether all of its items are still to be frozen; else another attempt has begun with it, and only that one knows the rest
   */
  async begins(isWhole: boolean): Promise<void> {
    this.#goes = await this.#files.turnOf(this, isWhole);
  }

  /** A document that can be sent, with its payload, in the order of the chunk. */
  give(seq: number, document: Document, told: number, payload: () => Json): void {
    if (this.#goes !== 'now' && this.#goes !== 'later') return;
    try {
      const item = new PayloadAhead(this.#batch, seq, document, payload(), told);
      if (this.#goes === 'now') this.#files.accept(item);
      else this.#later.push(item);
    } catch {
      // A fault of the target: the step that exports meets it again, and reports it as one.
      this.#goes = undefined;
      this.#files.giveUp();
    }
  }

  /** Called every few documents; resolves when more can be built. Answers of the database for other chunks get a turn now and then. */
  async room(): Promise<void> {
    this.#asked += 1;
    if (this.#asked % CALLS_A_TURN === 0) await nextTurn();
    if (this.#goes === 'now') await this.#files.room();
  }

  /** All its documents are built. */
  built(): void {
    this.#files.endBuilding(this);
  }

  /**
   * Its documents are stored.
   * @param isWhole whether all of them were frozen here
   */
  async stored(isWhole: boolean): Promise<void> {
    this.#isStored = true;
    // A chunk that is frozen again after it was here: the database was restored.
    const isWrong = this.#goes === 'known' ? isWhole : this.#goes !== undefined && !isWhole;
    if (isWrong) this.#files.giveUp();
    else if (this.#goes === 'later') await this.#files.take(this.range, this.#later);
  }

  /** It is over. What was built and never stored must not be in the files. */
  leaves(): void {
    this.#files.endBuilding(this);
    if (this.#goes === 'now' && !this.#isStored) this.#files.giveUp();
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
