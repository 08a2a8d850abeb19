/** What a command works with. Passed in, so that tests pass their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results. */
  out(line: string): void;
  /** Everything that is not a result. */
  err(line: string): void;
  /** Shows the progress in place of the last one. Where nothing can be overwritten, only a new `step` gets a line. */
  progress(line: string, step?: string): void;
  readonly signal: AbortSignal;
}

/** Something that the person at the keyboard can fix. Shown as it is, without a stack. */
export class Trouble extends Error {}
