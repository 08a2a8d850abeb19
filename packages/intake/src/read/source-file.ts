/** A file as somebody dropped it. */
export interface SourceFile {
  /** With its ending: `invoices.csv`. */
  readonly name: string;
  /** Its bytes from the start. It is opened more than once: to find its encoding, its table, and to read it. */
  open(): AsyncIterable<Uint8Array>;
}

/** A file whose bytes are in memory. */
export function fileOf(name: string, content: string | Uint8Array): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    async *open() {
      yield bytes;
    },
  };
}

/** Why a whole file can't be read. Nothing of it comes in. */
export class UnreadableFile extends Error {
  readonly code: UnreadableFileCode;
  readonly file: string;

  constructor(file: string, code: UnreadableFileCode, message: string) {
    super(message);
    this.name = 'UnreadableFile';
    this.code = code;
    this.file = file;
  }
}

export type UnreadableFileCode =
  | 'empty-file'
  | 'not-a-table'
  | 'old-excel'
  | 'mixed-encodings'
  | 'quote-not-closed'
  | 'row-too-long'
  | 'column-twice'
  | 'too-large'
  | 'several-sheets'
  | 'protected';
