import { type Document, type Problem, problem } from '@ledgerpost/core';
import type { Cells, Field } from './fields.ts';
import { PROFILES } from './profiles.ts';
import { rowsOf } from './rows.ts';
import type { SaasantSettings } from './settings.ts';
import { BOUNDS } from './xlsx-file.ts';

/** The most characters that QuickBooks accepts. Other texts are limited by what a cell of a sheet holds. */
const TEXT_LIMITS: { readonly [F in Field]?: number } = { memo: 4000, message: 1000, description: 4000 };
const CELL = 32_767;
/** Markup around each cell, generously. */
const CELL_MARKUP = 80;

/** SaasAnt's own rules, after core's. */
export function validateForSaasant(document: Document, settings: SaasantSettings): readonly Problem[] {
  const { shared, rows } = rowsOf(document, settings);
  return [
    ...voids(document),
    ...longNames(document, settings),
    ...(isSmall(shared, rows) ? [] : [...longTexts(document, [shared, ...rows]), ...tooLarge(document, shared, rows)]),
  ];
}

/** As long as every text of a document is within all limits. */
const SHORT = 1_000;

/** Whether a look at the lengths alone shows that neither a text nor the document is too long: true for nearly all. */
function isSmall(shared: Cells, rows: readonly Cells[]): boolean {
  // What all rows repeat counts with each, and a document without rows has it all the same.
  let cells = cellsIfShort(shared) * Math.max(rows.length, 1);
  for (const row of rows) cells += cellsIfShort(row);
  return cells * (SHORT + CELL_MARKUP) < BOUNDS.bytes / 4;
}

/** How many cells there are; infinitely many if one of them is longer than `SHORT`. */
function cellsIfShort(cells: Cells): number {
  let count = 0;
  for (const field in cells) {
    const value = cells[field as Field];
    if (typeof value === 'string' && value.length > SHORT) return Number.POSITIVE_INFINITY;
    count++;
  }
  return count;
}

function voids(document: Document): Problem[] {
  if (document.operation !== 'invoice.void') return [];
  const message = `Invoice ${document.number} is void, and files can't void an invoice. Choose "update" or "credit-memo" for voided invoices in the settings.`;
  return [problem('void-not-possible', document.record, message)];
}

/** QuickBooks Desktop keeps shorter names, and cuts what is longer: two customers could become one. */
function longNames(document: Document, settings: SaasantSettings): Problem[] {
  const { names, name: edition } = PROFILES[settings.profile];
  const problems: Problem[] = [];
  const customer = document.customer;
  const long = customer?.name.split(':').find((part) => part.trim().length > names.customer);
  if (customer !== undefined && long !== undefined) {
    const message = `${edition} keeps ${names.customer} characters of a customer’s name, and “${long}” has ${long.length}. Shorten the accounting key.`;
    problems.push(problem('customer-name-too-long', { type: 'customer', id: customer.id }, message, 'accountingKey'));
  }
  if (document.kind !== 'invoice' && document.kind !== 'creditMemo') return problems;
  const items = new Set(document.lines.map(({ item }) => item.name).filter((item) => item.length > names.item));
  for (const item of items) {
    const message = `${edition} keeps ${names.item} characters of a product or service’s name, and “${item}” has ${item.length}. Shorten the name in the field-service system.`;
    problems.push(problem('text-too-long', document.record, message, 'lines'));
  }
  return problems;
}

function longTexts(document: Document, parts: readonly Cells[]): Problem[] {
  const found = new Map<Field, Problem>();
  for (const cells of parts) {
    for (const [field, value] of Object.entries(cells) as [Field, unknown][]) {
      const limit = TEXT_LIMITS[field] ?? CELL;
      if (typeof value !== 'string' || value.length <= limit || found.has(field)) continue;
      const message = `The ${field} has ${value.length} characters, and QuickBooks accepts ${limit}. Shorten it in the field-service system.`;
      found.set(field, problem('text-too-long', document.record, message, field));
    }
  }
  return [...found.values()];
}

function tooLarge(document: Document, shared: Cells, rows: readonly Cells[]): Problem[] {
  const size = rows.length * sizeOf(shared) + rows.reduce((sum, row) => sum + sizeOf(row), 0);
  if (size < BOUNDS.bytes / 4 || rows.length === 0) return [];
  const message = `The document has ${rows.length} lines and would fill a file of ${BOUNDS.bytes / 1_000_000} MB. Split it in the field-service system.`;
  return [problem('document-too-large', document.record, message, 'lines')];
}

function sizeOf(cells: Cells): number {
  let size = 0;
  for (const field in cells) size += CELL_MARKUP + String(cells[field as Field]).length;
  return size;
}
