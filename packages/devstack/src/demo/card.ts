import type { SampleCompany } from '../sample/sample-company.ts';
import { table } from './show.ts';

/** The parts of the connection card that the demo reads. */
export interface CardAnswer {
  readonly state: string;
  readonly account: string | null;
  readonly company: string | null;
  readonly edition: string | null;
  readonly currency: string | null;
  readonly classTracking: { readonly mode: string; readonly name: string } | null;
  readonly salesTax: string | null;
  readonly automaticCredit: boolean | null;
  readonly closedThrough: string | null;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
  readonly accounts: readonly {
    readonly role: string;
    readonly title: string;
    readonly name: string | null;
    readonly status: string;
  }[];
  readonly classes: readonly { readonly name: string; readonly status: string }[];
}

/** The card as text. */
export function cardText(card: CardAnswer): string {
  const classes = card.classes.map(({ name, status }) => `${name} ${status}`);
  return [
    `  company          ${card.company} (${card.account}), ${card.edition}, ${card.currency}`,
    `  class tracking   ${card.classTracking?.name ?? 'not read'}`,
    ...(classes.length === 0 ? [] : [`  classes in use   ${classes.join(', ')}`]),
    `  sales tax        ${card.salesTax}; automatic credit: ${card.automaticCredit ? 'on' : 'off'}; closed through: ${card.closedThrough ?? 'nothing'}`,
    '  accounts, from its chart:',
    table(
      card.accounts.map(({ title, name, status }) => [`  ${title}`, name ?? '(none)', status]),
      [],
    ),
    ...card.notices.map(({ message }) => `  note: ${message}`),
  ].join('\n');
}

/** What on the card differs from the expected state after connecting the sample company's books. */
export function surprisesOnCard(card: CardAnswer, { company }: SampleCompany, realm: string): string[] {
  const wanted: Readonly<Record<string, unknown>> = {
    state: 'connected',
    account: realm,
    company: company.name,
    edition: 'QuickBooks Online Plus',
    currency: company.currency,
  };
  const found = card as unknown as Readonly<Record<string, unknown>>;
  return [
    ...(card.classTracking?.mode === 'line' ? [] : ['The connection card should show class tracking by row.']),
    ...Object.keys(wanted)
      .filter((member) => found[member] !== wanted[member])
      .map((member) => `The connection card shows ${member} ${found[member]} instead of ${wanted[member]}.`),
    ...card.accounts
      .filter(({ status }) => status !== 'ok')
      .map(({ title, name, status }) => `The account for ${title}, ${name}, is ${status}.`),
    ...card.classes
      .filter(({ status }) => status !== 'verified')
      .map(({ name, status }) => `The class ${name} is ${status} on the card.`),
  ];
}
