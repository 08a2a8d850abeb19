import type { PaymentRecord } from '../records/records.ts';
import { compact } from '../values/compact.ts';
import { type Money, parseMoney, ZERO } from '../values/money.ts';
import type { BuildContext } from './build-context.ts';
import type { PaymentFee } from './documents.ts';
import { nonBlank } from './parts.ts';
import { prefixed } from './ref-no.ts';

/** What the card processor kept of a payment, in minor units; zero where it kept nothing. */
export function keptOf({ fee }: Pick<PaymentRecord, 'fee'>, currency: string): Money {
  return parseMoney(fee ?? '0', currency) ?? ZERO;
}

/** The fee as it is posted beside a new payment: only with an account for it, and never more than was paid. */
export function feeOf(
  record: PaymentRecord,
  gross: Money,
  depositTo: string | undefined,
  context: BuildContext,
): PaymentFee | undefined {
  const account = nonBlank(context.settings.accounts.fees);
  const amount = keptOf(record, context.company.currency);
  if (account === undefined || amount <= 0 || amount > gross) return undefined;
  // Nobody can ask a file which account the books deposit to by default.
  if (depositTo === undefined && context.delivery === 'files') return undefined;
  return compact<PaymentFee>({ amount, account, number: feeNumber(record.id, context) });
}

/** `FEE-<payment id>`, where books can keep that: it is not too long, and in letters that all of them have. */
function feeNumber(id: string, { limits, shortHash }: BuildContext): string {
  if (/[^\u0020-\u007e\u00a0-\u00ff]/.test(id)) return `FEE-${shortHash(id)}`.slice(0, limits.number);
  return prefixed('FEE-', id, limits.number, shortHash);
}
