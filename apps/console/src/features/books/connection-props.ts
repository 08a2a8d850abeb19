import type { Connection, Target } from '../../api/queries.ts';

/** What the parts of the card need: the connection, its accounting system, and a place for a newer answer. */
export interface ConnectionProps {
  readonly card: Connection;
  readonly target: Target;
  keep(newer: Connection): void;
}
