import type { BatchedRef, BatchState, ItemState, Operation, Problem, ProblemCode } from '@ledgerpost/core';

/*
 * The parts of the API's answers that the demo reads.
 */

export interface Count {
  readonly documents: number;
  /** Minor units. */
  readonly amount: number;
}

/** How a batch changed the books: minor units, debits positive. `account` is null where the books choose it. */
export interface LedgerAnswer {
  readonly entries: readonly { readonly role: string; readonly account: string | null; readonly amount: number }[];
}

export interface BatchAnswer {
  readonly id: string;
  readonly name: string;
  readonly state: BatchState;
  readonly ended: boolean;
  readonly version: number;
  readonly waiting?: string;
  readonly progress: { readonly items: number; readonly done: number; readonly of: number };
  readonly totals: { readonly operations: Readonly<Partial<Record<Operation, Count>>>; readonly tax: number } | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly links: { readonly self: string; readonly temporal?: string };
}

export interface ItemAnswer {
  readonly record: BatchedRef;
  readonly operation: Operation;
  readonly state: ItemState;
  readonly number: string;
  readonly amount: number;
  readonly problems: readonly Problem[];
}

export interface UnbatchedAnswer {
  readonly type: BatchedRef['type'];
  readonly id: string;
  readonly operation: Operation | null;
  readonly readiness: 'ready' | 'waiting' | 'stopped';
  readonly reason: ProblemCode | null;
  readonly problems: readonly Problem[];
}

export interface FileAnswer {
  readonly ordinal: number;
  readonly name: string;
  readonly download: boolean;
  readonly size: number;
  readonly rows: number;
  readonly documents: number;
  readonly sha256: string;
}

export interface IntakeAnswer {
  readonly lines: number;
  readonly taken: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

interface Sum {
  readonly records: number;
  readonly amount: number;
}

/** The parts of an import that the demo reads. */
export interface ImportAnswer {
  readonly id: string;
  readonly state: string;
  readonly digest: string | null;
  readonly looked: {
    readonly files: readonly {
      readonly file: string;
      readonly use: 'read' | 'left-out' | 'unknown' | 'unreadable';
      readonly mapping: string | null;
      readonly role: string | null;
      readonly message: string | null;
      readonly headers: readonly string[];
      readonly proposal: {
        readonly template: string;
        readonly mapping?: { readonly files: unknown };
        readonly missing: readonly string[];
      } | null;
    }[];
    readonly sets: readonly {
      readonly mapping: {
        readonly name: string;
        readonly title: string;
        readonly files: Readonly<Record<string, { readonly title: string }>>;
        readonly constants?: Readonly<Record<string, string>>;
      };
      readonly grade: string;
      readonly notes: readonly string[];
    }[];
    readonly stopping: readonly string[];
  };
  readonly report: ImportReportAnswer | null;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly progress: {
    readonly phase: string;
    readonly done: number;
    readonly of: number;
    readonly perSecond: number;
  } | null;
  readonly outcome: {
    readonly types: Readonly<Record<string, { readonly new: number; readonly changed: number; readonly unchanged: number }>>;
  } | null;
}

export interface ImportReportAnswer {
  readonly rows: number;
  readonly types: Readonly<
    Record<string, Readonly<Record<'new' | 'changed' | 'mappingChanged' | 'posted' | 'unchanged' | 'kept' | 'asked', Sum>>>
  >;
  readonly unreadable: number;
  readonly heldBack: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<string, number>>;
  readonly totals: readonly {
    readonly file: string;
    readonly column: string;
    readonly stated: string;
    readonly ours: string;
    readonly agrees: boolean;
  }[];
  readonly questions: readonly {
    readonly mapping: string;
    readonly key: string;
    readonly file: string;
    readonly column: string;
    readonly example: string;
    readonly choices: readonly string[];
  }[];
  readonly targets: readonly {
    readonly name: string;
    readonly records: number;
    readonly of: number;
    readonly operations: Readonly<Record<string, Count>>;
    readonly problemCounts: Readonly<Record<string, number>>;
  }[];
}

export interface FindingAnswer {
  readonly kind: string;
  readonly code: string;
  readonly file: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly message: string;
}

export interface PreviewAnswer {
  readonly totals: NonNullable<BatchAnswer['totals']>;
  readonly notSelected: readonly (Count & { readonly reason: string })[];
  readonly problemCounts: Readonly<Record<string, number>>;
  readonly causes: readonly {
    readonly code: string;
    readonly severity: 'problem' | 'warning' | 'notice';
    /** How many documents it stops, by operation. */
    readonly operations: Readonly<Record<string, number>>;
  }[];
  readonly warnings: readonly { readonly code: 'payments-without-invoices'; readonly count: number }[];
  readonly name: string;
  readonly digest: string;
}

export interface TargetAnswer {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly { readonly id: string; readonly name: string; readonly operations: readonly Operation[] }[];
  readonly capabilities: { readonly delivery: 'push' | 'files' };
}

/** What the books still hold of a batch. */
export interface VerificationAnswer {
  readonly state: 'running' | 'done' | 'failed';
  readonly reason: { readonly message: string } | null;
  readonly counts: { readonly same: number; readonly changed: number; readonly gone: number };
  readonly findings: { readonly rows: readonly { readonly record: BatchedRef; readonly problem: Problem | null }[] };
}
