/** The part of archiver 8 that we use; the package has no types of its own. */
declare module 'archiver' {
  import type { Transform } from 'node:stream';

  export interface EntryData {
    readonly name: string;
    readonly date?: Date;
    readonly store?: boolean;
  }

  export class ZipArchive extends Transform {
    constructor(options?: { readonly store?: boolean; readonly highWaterMark?: number });
    append(source: Buffer, data: EntryData): this;
    finalize(): Promise<void>;
    abort(): this;
  }
}
