import type { BooksSettings, SourceRecord } from '@ledgerpost/core';
import type { CompanyOptions, Rule } from '@ledgerpost/qbo-simulator';
import type { FaultKind } from './faults.ts';
import type { Theme } from './themes.ts';

/** What a person does in the books. Documents are named by record, since their ids are not known in advance. */
export type PersonAct =
  | { readonly act: 'edit' | 'delete' | 'pay'; readonly invoice: string }
  | { readonly act: 'deposit'; readonly payment: string }
  | { readonly act: 'rename' | 'deactivate' | 'vendor'; readonly customer: string }
  | { readonly act: 'deactivate item' | 'rename item'; readonly item: string }
  | { readonly act: 'merge'; readonly from: string; readonly into: string }
  /** Enters an invoice with that number manually: the same one, or another. */
  | { readonly act: 'enter'; readonly invoice: string; readonly same: boolean }
  | { readonly act: 'close books'; readonly through: string }
  | { readonly act: 'lapse' }
  /** Changes a document of ours. `turn` makes each change different. */
  | {
      readonly act: 'change';
      readonly record: string;
      readonly what: 'amount' | 'date' | 'number' | 'text';
      readonly turn: number;
    }
  | { readonly act: 'void' | 'remove' | 'restore'; readonly record: string }
  /** Not drift: a note, or a payment that is no longer applied. */
  | { readonly act: 'note' | 'unapply'; readonly record: string }
  /** Removes what stops a batch: reopens the books, reactivates names, renews the subscription. */
  | { readonly act: 'remove obstacles' };

export interface Fault {
  readonly kind: FaultKind;
  readonly rules: readonly Rule[];
}

export type Choice = 'keep-theirs' | 'send-again' | 'resolve' | 'leave';

export type BatchStep = {
  readonly do: 'batch';
  readonly faults: readonly Fault[];
  /** Asks for a preview first, and starts with its digest. */
  readonly preview: boolean;
  readonly select: 'all' | 'invoices' | 'half';
  readonly onProblem: 'skip' | 'stop';
  /** The state in which somebody cancels. The next two: in which a worker is killed; records that arrive during the batch. */
  readonly cancelIn?: string;
  readonly killIn?: string;
  readonly during?: readonly SourceRecord[];
  /** The state in which somebody orders a check, without waiting for it. */
  readonly checkIn?: string;
  /** What a person does with a batch that is held. */
  readonly held: 'fix' | 'cancel';
};

/** The same one as the first customer; another one with its name; one that the books had all along; what its name finds. */
export type Matched = 'same' | 'another' | 'one of theirs' | 'undecided';

export type Step =
  | { readonly do: 'put'; readonly records: readonly SourceRecord[] }
  | { readonly do: 'person'; readonly act: PersonAct }
  /** Somebody says on the page Matching which customer of the books one of ours is. */
  | { readonly do: 'match'; readonly customer: string; readonly is: Matched }
  | BatchStep
  | { readonly do: 'retry' }
  | { readonly do: 'undo'; readonly faults: readonly Fault[]; readonly killIn?: string; readonly checkIn?: string }
  /** Somebody checks for changes in the books: under faults, or while a person acts; and once more without trouble. */
  | { readonly do: 'check'; readonly faults: readonly Fault[]; readonly during: readonly PersonAct[] }
  /** Somebody decides about what was found, in order of the records, by these choices in turn. */
  | { readonly do: 'decide'; readonly choices: readonly Choice[] }
  /** Batches without trouble until nothing is left to send. */
  | { readonly do: 'settle' }
  /** Undoes all batches, newest first. */
  | { readonly do: 'undo all'; readonly faults: readonly Fault[] };

/** The whole story of a seed. The same seed always gives the same story, but not the same timing among processes. */
export interface Script {
  readonly seed: number;
  readonly theme: Theme;
  readonly books: CompanyOptions;
  readonly settings: Pick<BooksSettings, 'accounts' | 'taxCodes' | 'tax' | 'paymentMethods' | 'classes' | 'policy'>;
  readonly steps: readonly Step[];
  readonly wrong: readonly string[];
}
