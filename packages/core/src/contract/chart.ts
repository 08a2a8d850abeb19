import type { BooksSettings, Chart } from '../settings/settings.ts';

/** A chart that the target can be asked for. */
export interface DiscoveredChart<Session> {
  /** Asked for, instead of declared by an admin. */
  readonly by: 'discovered';
  /** Reads only. @throws TargetError */
  discover(session: Session): Promise<Chart>;
  /** The default accounts that this chart suggests, by role; a role for which it has none, or no clear one, is absent. Pure. */
  suggest(chart: Chart): BooksSettings['accounts'];
  /**
   * Creates classes by full name (`Parent:Child`, parents too); one that is there already is left as it is, and so is made
   * twice by nobody. Only when an admin says so. @throws TargetError
   */
  createClasses(session: Session, names: readonly string[]): Promise<readonly ClassOutcome[]>;
}

/** What became of one class that was to be created. */
export type ClassOutcome =
  /** It is there: it was, or it is now. */
  | { readonly status: 'found' | 'created'; readonly name: string; readonly externalId: string }
  /** `reason` is a sentence. */
  | { readonly status: 'refused'; readonly name: string; readonly reason: string };
