import type { SubjectName } from './subjects.ts';

/** A small fault that somebody could make: a text of a file, and what stands there instead. */
export interface Mutant {
  readonly on: SubjectName;
  /** What a person would call the fault. */
  readonly what: string;
  /** From the project's root. */
  readonly file: string;
  /** Once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Why the kit can't catch it, where it can't. */
  readonly reason?: string;
}
