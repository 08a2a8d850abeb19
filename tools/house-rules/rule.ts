import type { ProjectFile } from '../project-files.ts';

/** One rule of the house. */
export interface HouseRule {
  readonly name: string;
  readonly because: string;
  /** What to do instead. */
  readonly instead: string;
  /** Where it is broken: path and what was seen. */
  broken(files: readonly ProjectFile[]): string[];
}
