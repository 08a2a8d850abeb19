import type { BooksSettings } from '@ledgerpost/core';
import type { KeyedNeed } from './judge-names.ts';

/**
 * A name for another customer of a name that is taken, which people can tell apart: with the customer's number, the street or the phone
 * number, by the settings. The number is the record's id; it is used too where the customer has neither address nor phone.
 */
export function anotherName({ key, name, details }: KeyedNeed, settings: BooksSettings): string {
  const { billingAddress, phone } = (details ?? {}) as {
    readonly billingAddress?: { readonly line1?: string };
    readonly phone?: string;
  };
  const rule = settings.names?.another ?? 'number';
  const street = billingAddress?.line1?.trim();
  const digits = phone?.trim();
  const apart = (rule === 'address' ? street : rule === 'phone' ? digits : undefined) || key;
  const clean = apart.replace(/[:\s\p{Cc}]+/gu, ' ').trim();
  const at = name.lastIndexOf(':') + 1;
  const room = MOST - clean.length - 3;
  return `${name.slice(0, at)}${name.slice(at).slice(0, room).trimEnd()} (${clean.slice(0, MOST - 10)})`;
}

/** QuickBooks keeps 100 characters of a customer's own name, and others keep more. */
const MOST = 100;
