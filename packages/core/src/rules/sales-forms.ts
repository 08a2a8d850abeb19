import { type Problem, problem } from '../codes/problems.ts';
import { multiply, parseMoney, sum } from '../values/money.ts';
import { REFERRING } from './references.ts';
import type { Rule } from './rule.ts';
import type { SalesSubject } from './sales-subject.ts';
import { exemptIsNotTaxed, taxHasSignOfLines, taxIsMapped, taxIsOnSomething, taxLineHasAccount } from './sales-tax.ts';
import { cash, inner, naming, shown } from './words.ts';

export const SALES_RULES: readonly Rule<SalesSubject>[] = [
  ...REFERRING,
  hasNumber,
  numberFits,
  hasLines,
  servicesAreKnown,
  linesMultiplyOut,
  totalAddsUp,
  totalIsNotNegative,
  taxIsMapped,
  exemptIsNotTaxed,
  taxIsOnSomething,
  taxHasSignOfLines,
  taxLineHasAccount,
  linesHaveClass,
  classesAreOne,
  emailIsValid,
  itemsKeepTheirNames,
];

export function hasNumber({ record, document }: SalesSubject): Problem | undefined {
  if (document.number !== '') return undefined;
  const what = record.type === 'invoice' ? 'Invoice' : 'Credit memo';
  return problem('no-number', record, `${what} ${record.id} has no number. Add one in the field-service system.`, 'number');
}

export function numberFits({ record, document, context }: SalesSubject): Problem | undefined {
  const limit = context.limits.number;
  if (document.number.length <= limit) return undefined;
  const message = `Number ${document.number} has ${document.number.length} characters, and the books accept ${limit}. Shorten the number.`;
  return problem('number-too-long', record, message, 'number');
}

function hasLines({ record, document }: SalesSubject): Problem | undefined {
  if (record.lines.length > 0) return undefined;
  return problem('no-lines', record, `${naming(document)} has no lines. Add at least one in the field-service system.`, 'lines');
}

function servicesAreKnown({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, line] of record.lines.entries()) {
    if (line.serviceId === undefined || context.service(line.serviceId)) continue;
    const message = `Line ${i + 1} of ${inner(document)} is for service ${line.serviceId}, and that service was never sent. Send the service record.`;
    problems ??= [];
    problems.push(problem('unknown-service', record, message, `lines[${i}].serviceId`));
  }
  return problems;
}

function linesMultiplyOut({ record, document, context }: SalesSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, line] of record.lines.entries()) {
    const amount = parseMoney(line.amount, context.company.currency);
    const product = multiply(line.quantity, line.unitPrice, context.company.currency);
    if (amount !== undefined && amount === product) continue;
    const right = product === undefined ? 'too large to post' : cash(product, document);
    const message = `Line ${i + 1} of ${inner(document)} has the amount ${shown(line.amount, document)}, but ${line.quantity} × ${line.unitPrice} is ${right}. The line is sent with its amount, without quantity and price. Check the line in the field-service system.`;
    problems ??= [];
    problems.push(problem('amount-mismatch', record, message, `lines[${i}].amount`));
  }
  return problems;
}

function totalAddsUp({ record, document, context }: SalesSubject): Problem | undefined {
  const { currency } = context.company;
  const total = parseMoney(record.total, currency);
  const parts = document.lines.map((line) => line.amount);
  if (document.tax) parts.push(document.tax.amount);
  const added = sum(parts);
  if (total !== undefined && total === added) return undefined;
  const right = added === undefined ? 'too large to post' : cash(added, document);
  const message = `${naming(document)} has a total of ${shown(record.total, document)}, but its lines and tax add up to ${right}. Correct it in the field-service system.`;
  return problem('total-mismatch', record, message, 'total');
}

function totalIsNotNegative({ record, document }: SalesSubject): Problem | undefined {
  if (document.total >= 0) return undefined;
  const instead = record.type === 'invoice' ? 'a credit memo' : 'an invoice';
  const message = `${naming(document)} has a total of ${cash(document.total, document)}, which is below zero. Make it ${instead} in the field-service system.`;
  return problem('negative-total', record, message, 'total');
}

function linesHaveClass({ record, document, context }: SalesSubject): Problem | undefined {
  if (context.settings.classes.mode === 'none') return undefined;
  const i = document.lines.findIndex((line) => line.class === undefined);
  if (i === -1) return undefined;
  const message = `Line ${i + 1} of ${inner(document)} needs a class, and the line, service, department and company have none. Set a default class in the settings.`;
  return problem('no-class', record, message, `lines[${i}].accountingClass`);
}

function classesAreOne({ record, document, context, resolved }: SalesSubject): Problem | undefined {
  if (context.settings.classes.mode !== 'transaction') return undefined;
  const classes = new Set(resolved.flatMap((line) => line.class ?? []));
  if (classes.size < 2) return undefined;
  const found = [...classes].join(', ');
  const message = `The lines of ${inner(document)} have different classes (${found}), and the books keep one class per transaction. Check that ${document.class === undefined ? 'no class' : `class ${document.class}`} is right.`;
  return problem('mixed-classes', record, message, 'lines');
}

const EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@,;:<>()[\]\\".]{2,}$/;

function emailIsValid({ document }: SalesSubject): Problem | undefined {
  const { customer } = document;
  if (customer?.email === undefined) return undefined;
  const wrong = customer.email.split(/[,;]/).find((address) => !EMAIL.test(address.trim()));
  if (wrong === undefined) return undefined;
  const message = `“${wrong.trim()}” is not a valid e-mail address, so customer ${customer.name} of ${inner(document)} is created without it if the books don’t have the customer yet. Correct the address.`;
  return problem('bad-email', { type: 'customer', id: customer.id }, message, 'email');
}

function itemsKeepTheirNames({ record, document, resolved }: SalesSubject): readonly Problem[] | undefined {
  let problems: Problem[] | undefined;
  for (const [i, line] of resolved.entries()) {
    if (line.renamedFrom === undefined) continue;
    const message = `Line ${i + 1} of ${inner(document)}: the books can’t keep the name “${line.renamedFrom}”, so the item is named “${line.item.name}”. Rename the service if you want the same name everywhere.`;
    problems ??= [];
    problems.push(problem('item-renamed', record, message, `lines[${i}]`));
  }
  return problems;
}
