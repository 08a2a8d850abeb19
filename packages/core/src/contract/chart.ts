import type { BooksSettings, Chart } from '../settings/settings.ts';

/** A chart that is read from the target. */
export interface DiscoveredChart<Session> {
  /** Read from the target, not declared by an admin. */
  readonly by: 'discovered';
  /** Reads only. @throws TargetError */
  discover(session: Session): Promise<Chart>;
  /** The default accounts that this chart suggests, by role. A role without a clear candidate is absent. Pure. */
  suggest(chart: Chart): BooksSettings['accounts'];
  /**
   * Creates classes by full name (`Parent:Child`, parents too). A class that exists already is left as it is, so none is created twice.
   * Called only when an admin orders it. @throws TargetError
   */
  createClasses(session: Session, names: readonly string[]): Promise<readonly ClassOutcome[]>;
}

/** The outcome for one class that was to be created. */
export type ClassOutcome =
  /** The class exists: it did before, or it was just created. */
  | { readonly status: 'found' | 'created'; readonly name: string; readonly externalId: string }
  /** `reason` is a sentence. */
  | { readonly status: 'refused'; readonly name: string; readonly reason: string };
