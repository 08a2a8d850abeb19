import type { Json } from '../values/json.ts';
import type { ExportedItem } from './items.ts';

/** Files that a person loads. Once they are sealed, their documents count as posted. */
export interface FileDelivery<Settings, Payload extends Json> {
  /** Written to files, instead of pushed. */
  readonly by: 'files';
  /** What a person does with the files, in a few sentences, shown with them. */
  readonly instructions: string;
  /**
   * Writes the files of a batch. Items come by stage, then in the batch's order. Streams: memory does not grow
   * with the batch. Deterministic: same items, same bytes. What it throws fails the attempt, whose files are never handed out.
   */
  render(items: AsyncIterable<ExportedItem<Payload>>, out: FileSink, order: RenderOrder<Settings>): Promise<void>;
}

/** Where a file target writes. More than one file may be open at a time: a zip, and the file that goes into it next. */
export interface FileSink {
  /** Opens the next file. Bytes are stored as they come. */
  open(file: {
    /** As a person sees it, unique within the batch. */
    readonly name: string;
    /** MIME, for the download. */
    readonly mediaType: string;
    /** The one that "Batch & Download" hands out: exactly one of the batch's files. */
    readonly download: boolean;
  }): FileWriter;
}

/** One file that is being written. */
export interface FileWriter {
  /** Resolves when the bytes are taken: await it before the next write, or memory grows with the batch. Rejects where storage fails. */
  write(bytes: Uint8Array): Promise<void>;
  /** Seals the file. `rows` is the number of data rows without headers, `documents` that of documents, for the batch's report. */
  close(facts: { readonly rows: number; readonly documents: number }): Promise<void>;
}

/** What the files of a batch are written for. There is no time in it: the same batch gives the same bytes, whenever. */
export interface RenderOrder<Settings> {
  /** The batch's id, and its name as people chose it. */
  readonly batch: { readonly id: string; readonly name: string };
  /** The company's, ISO 4217. */
  readonly currency: string;
  /** As they were when the batch was started. */
  readonly settings: Settings;
}
