/** What a command works with; lent, so that tests lend their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results. */
  out(line: string): void;
  /** Whatever is not a result. */
  err(line: string): void;
  /** Shows how far it is, in place of what was shown before. Where nothing can be overwritten, a new `step` alone is worth a line. */
  progress(line: string, step?: string): void;
  readonly signal: AbortSignal;
}

/** Something the person at the keyboard can mend. Shown as it is, without a stack. */
export class Trouble extends Error {}
