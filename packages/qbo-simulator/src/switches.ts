/** One point where the real service's behaviour is assumed or disputed, and what may be chosen for it. */
export interface Switch<Choice extends string> {
  readonly choices: readonly [Choice, ...Choice[]];
  /** The default is the first choice: the one that is harder on the client. */
  readonly grade: 'assumed' | 'issue' | 'disputed' | 'documented';
  readonly about: string;
}

function point<const Choice extends string>(
  grade: Switch<Choice>['grade'],
  about: string,
  ...choices: [Choice, ...Choice[]]
): Switch<Choice> {
  return { choices, grade, about };
}

/** Every switch. The first choice is the default. */
export const switches = {
  requestIdOtherBody: point(
    'assumed',
    'A known requestid with another body: the first answer again, or fault 600.',
    'replay',
    'fault',
  ),
  requestIdFaults: point(
    'assumed',
    'A repeated request whose first answer was a fault: the same fault, or carried out.',
    'replay',
    'execute',
  ),
  requestIdNameLists: point('issue', 'requestid on name lists (Customer, Item, …) is not honoured, or is.', 'ignore', 'honour'),
  requestIdBatch: point(
    'documented',
    'A repeated batch: each bId answered as before, or with fault 6000, as one issue reports.',
    'replay',
    'fault',
  ),
  requestIdMemory: point('assumed', 'How long an answer is kept for replay.', '24h', '15m', 'forever'),
  docNumberWithoutCustomNumbers: point(
    'assumed',
    'A DocNumber sent while CustomTxnNumbers is off is replaced by the next number, or stored.',
    'replaced',
    'stored',
  ),
  docNumberScope: point('assumed', 'Sales forms share one set of numbers, or each type has its own.', 'sales-forms', 'per-type'),
  sparseLines: point(
    'disputed',
    'Lines without Id in a sparse update are appended, or replace all lines. (A full update always replaces.)',
    'append',
    'replace',
  ),
  linkingBumpsSyncToken: point(
    'assumed',
    "A payment changes its invoice's SyncToken, or only its LastUpdatedTime (so recorded for an Estimate).",
    'yes',
    'no',
  ),
  invoiceWithPayments: point(
    'issue',
    'Voiding or deleting an invoice that payments settle is refused, or unlinks them.',
    'refuse',
    'unlink',
  ),
  paymentOverBalance: point('assumed', 'A payment line above the open balance is refused, or capped.', 'refuse', 'cap'),
  parentPayments: point(
    'assumed',
    'A payment of a parent may be applied to invoices of its sub-customers, or the link is dropped without a word.',
    'applied',
    'dropped',
  ),
  depositedPayment: point(
    'assumed',
    'A deposited payment accepts no change at all, or may still be re-applied.',
    'no-change',
    'reapply',
  ),
  classAtWrongLevel: point('assumed', 'A ClassRef at a level that is off is dropped, faulted, or kept.', 'drop', 'fault', 'keep'),
  departmentWhenOff: point('assumed', 'A DepartmentRef while locations are off is dropped, or kept.', 'drop', 'keep'),
  inactiveNames: point(
    'disputed',
    'An inactive name keeps its name and blocks it, or becomes "X (deleted)" and frees it.',
    'kept',
    'renamed',
  ),
  deactivateWithBalance: point('assumed', 'Making a customer with a balance inactive is refused, or allowed.', 'refuse', 'allow'),
  nameBlanks: point(
    'assumed',
    'Repeated blanks in a name are collapsed when it is compared, or make names different.',
    'collapsed',
    'kept',
  ),
  nonLatin1: point('issue', 'Characters outside Latin-1 are stored as "?", or kept.', 'question-mark', 'kept'),
  astOverride: point(
    'disputed',
    'Automated sales tax honours TotalTax only together with TxnTaxCodeRef, alone, only where a line is taxable, or never.',
    'needs-code',
    'total-suffices',
    'needs-taxable-line',
    'ignored',
  ),
  statedTaxOnNothing: point(
    'assumed',
    'A TotalTax without a taxable line is dropped, or refused. (Not where a total suffices for automated sales tax.)',
    'drop',
    'refuse',
  ),
  astFallback: point(
    'disputed',
    "Without a ShipAddr, automated sales tax is due at the company's address, or at the customer's.",
    'company',
    'customer',
  ),
  exemptWithoutReason: point(
    'assumed',
    'Under automated sales tax, a customer created as exempt without TaxExemptionReasonId is taxable, or exempt.',
    'taxable',
    'exempt',
  ),
  throttleForm: point(
    'documented',
    'A throttle answers JSON 429, XML 429 and XML 403 in turn, or one of them.',
    'in-turn',
    'json-429',
    'xml-429',
    'xml-403',
  ),
  retryAfter: point('assumed', 'A throttle answer carries no Retry-After, or one of 60 seconds.', 'none', 'sixty-seconds'),
  amounts: point(
    'disputed',
    'Amounts in JSON have two decimals (739.00), or as few as needed (739.0, as recorded in 2020).',
    'two-decimals',
    'shortest',
  ),
  tidHeader: point('disputed', 'The id of a request is in the header intuit_tid, or in Intuit-Tid.', 'underscore', 'hyphen'),
  webhookFormat: point(
    'documented',
    'Webhooks are sent as CloudEvents, or in the older form with eventNotifications.',
    'cloud-events',
    'event-notifications',
  ),
  refreshRotation: point(
    'documented',
    'A refresh token changes after 24 hours and the old one lives 24 hours more, or changes on every refresh and the old one dies at once.',
    'daily',
    'rotateEveryRefresh',
  ),
} as const;

export type SwitchName = keyof typeof switches;
export type Switches = { [Name in SwitchName]: (typeof switches)[Name]['choices'][number] };

/** All switches at their defaults, with some chosen otherwise. Throws on an unknown name or choice. */
export function setSwitches(chosen: Partial<Switches> = {}, before?: Switches): Switches {
  const set = before ?? (Object.fromEntries(Object.entries(switches).map(([name, one]) => [name, one.choices[0]])) as Switches);
  for (const [name, choice] of Object.entries(chosen)) {
    const known = (switches as Record<string, Switch<string>>)[name];
    if (known === undefined) throw new Error(`There is no switch ${name}. There are: ${Object.keys(switches).join(', ')}.`);
    if (!known.choices.includes(choice)) throw new Error(`${name} is one of ${known.choices.join(', ')}, not ${choice}.`);
  }
  return { ...set, ...chosen };
}

/** How a company behaves that has choices of its own, whatever the simulator's are. */
export function switchesFor(own: Partial<Switches> | undefined, others: () => Switches): () => Switches {
  return own === undefined ? others : () => setSwitches(own, others());
}
