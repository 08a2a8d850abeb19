/** Totals above which a batch needs a second person. Amounts in minor units. Absent: no limit of this kind. */
export interface ApprovalLimits {
  /** Invoices and credit memos in all, in minor units. */
  readonly invoices?: number | undefined;
  /** Payments and refunds in all, in minor units. */
  readonly payments?: number | undefined;
  /** How many documents. */
  readonly documents?: number | undefined;
}

/** When a batch needs a second person: always, or only above limits. */
export interface ApprovalPolicy {
  /** Whether every batch needs one; limits then change nothing. */
  readonly required: boolean;
  /** Hours without a decision after which the batch ends `lapsed`. */
  readonly lapsesAfterHours: number;
  /** Absent, as in settings of before 0.3.0: `required` alone decides. */
  readonly above?: ApprovalLimits | undefined;
}

/** What a batch would send, in sum: the amounts of invoices and payments are never added to each other. */
export interface ApprovalTotals {
  /** Invoices and credit memos, each by its size, in minor units. */
  readonly invoices: number;
  /** Payments and refunds, each by its size, in minor units. */
  readonly payments: number;
  /** How many documents. */
  readonly documents: number;
}

/** Whether a batch has to ask at all. With a limit it always asks, and the answer may be that nobody is needed. */
export function asksForApproval({ required, above = {} }: ApprovalPolicy): boolean {
  return required || Object.values(above).some((limit) => limit !== undefined);
}

/** The totals of a batch by operation, as approval counts them. */
export function approvalTotals(
  operations: Readonly<Record<string, { readonly documents: number; readonly amount: number }>>,
): ApprovalTotals {
  let [invoices, payments, documents] = [0, 0, 0];
  for (const [operation, of] of Object.entries(operations)) {
    documents += of.documents;
    if (/^(invoice|creditMemo)\./.test(operation)) invoices += Math.abs(of.amount);
    else payments += Math.abs(of.amount);
  }
  return { invoices, payments, documents };
}

/** Whether a second person has to approve what is sent: by the setting, or because one total is above its limit. */
export function needsApproval({ required, above = {} }: ApprovalPolicy, totals: ApprovalTotals): boolean {
  const isAbove = (name: keyof ApprovalLimits) => above[name] !== undefined && totals[name] > above[name];
  return required || isAbove('invoices') || isAbove('payments') || isAbove('documents');
}
