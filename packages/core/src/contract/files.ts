import type { Json } from '../values/json.ts';
import type { ExportedItem } from './items.ts';

/** Files that a person loads. Once they are sealed, their documents count as posted. */
export interface FileDelivery<Settings, Payload extends Json> {
  /** Written to files, not pushed. */
  readonly by: 'files';
  /** Instructions for the person who loads the files, in a few sentences, shown with the files. */
  readonly instructions: string;
  /**
   * Writes the files of a batch. Items arrive by stage, then in the batch's order. It streams: memory does not grow with the batch. It
   * is deterministic: the same items give the same bytes. After an error the attempt fails, and its files are never handed out.
   */
  render(items: AsyncIterable<ExportedItem<Payload>>, out: FileSink, order: RenderOrder<Settings>): Promise<void>;
}

/** The files that a file target writes. Several may be open at the same time: a zip, and the next file that goes into it. */
export interface FileSink {
  /** Opens the next file. Bytes are stored as they come. */
  open(file: {
    /** The name that people see, unique within the batch. */
    readonly name: string;
    /** MIME, for the download. */
    readonly mediaType: string;
    /** Whether "Batch & Download" returns this file: exactly one of the batch's files. */
    readonly download: boolean;
  }): FileWriter;
}

/** One file that is being written. */
export interface FileWriter {
  /**
   * Resolves when there is room for more: what came before is stored. Await it before the next write, or memory grows with the batch.
   * Rejects if these bytes or earlier ones can't be stored.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Seals the file; resolves when all of it is stored but its end, which waits for the other files. `rows` counts data rows without headers, `documents` counts documents; the batch's report shows both. */
  close(facts: { readonly rows: number; readonly documents: number }): Promise<void>;
}

/** The purpose of the files of a batch. It has no time in it, so the same batch always gives the same bytes. */
export interface RenderOrder<Settings> {
  /** The batch's id, and the name that people chose. */
  readonly batch: { readonly id: string; readonly name: string };
  /** The company's, ISO 4217. */
  readonly currency: string;
  /** As they were when the batch was started. */
  readonly settings: Settings;
}
