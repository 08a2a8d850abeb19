import type { DepartmentRecord, ServiceRecord, SourceLine } from '../records/records.ts';
import type { BooksSettings } from '../settings/settings.ts';
import { compact } from '../values/compact.ts';
import type { DocumentItem } from './documents.ts';
import { mapped, nonBlank } from './parts.ts';

/** A line's item and class in the books. */
export interface ResolvedLine {
  readonly item: DocumentItem;
  /** The class by line → service → department → company, whatever the class mode. */
  readonly class: string | undefined;
  /** The item's name if the books could keep it, apart from spaces. */
  readonly renamedFrom: string | undefined;
}

/**
 * Finds a line's item, account and class.
 *
 * The item goes by the line's service and category, so that it carries exactly one account: the service's name where
 * the category is the service's own, else "<service> (<category>)". A line without a service uses an item named by its
 * category; without a category, by the account that the settings give such lines; without that, by the line's own name.
 * (A line's own name is free text: naming items by it first would fill the books with one-time items. It goes to the
 * description.)
 *
 * Category: line → service → (below zero, where the settings have a discount account: that account) → department. The
 * last resort is the income account. A category is mapped by the settings, else it is itself the account's name.
 */
export function resolveLine(
  line: SourceLine,
  below: boolean,
  service: ServiceRecord | undefined,
  department: DepartmentRecord | undefined,
  settings: BooksSettings,
  shortHash: (text: string) => string,
): ResolvedLine {
  const own = nonBlank(service?.accountingCategory);
  const category = nonBlank(line.accountingCategory) ?? own;
  const discount = below && category === undefined ? nonBlank(settings.accounts.discount) : undefined;
  const departments = category === undefined && discount === undefined ? nonBlank(department?.accountingCategory) : undefined;
  const sortedBy = category ?? departments;
  const account =
    sortedBy === undefined
      ? (discount ?? nonBlank(settings.accounts.income))
      : (mapped(settings.categories, sortedBy) ?? sortedBy);

  const sorted = sortedBy ?? discount;
  let wanted: string;
  let name: string;
  let key: string;
  if (line.serviceId !== undefined) {
    const called = nonBlank(service?.name) ?? nonBlank(line.name) ?? line.serviceId;
    const isOwn = sorted === undefined || sorted === own;
    wanted = isOwn ? called : `${called} (${sorted})`;
    key = isOwn ? `service:${line.serviceId}` : `service:${line.serviceId}/category:${sorted}`;
    name = legalItemName(wanted, true, shortHash);
  } else {
    wanted = sorted ?? account ?? nonBlank(line.name) ?? 'Sales';
    key = `${sortedBy !== undefined ? 'category' : account !== undefined ? 'account' : 'name'}:${wanted}`;
    name = legalItemName(wanted, sorted === undefined && account === undefined, shortHash);
  }

  return {
    item: compact<DocumentItem>({ name, key, description: nonBlank(service?.description), account }),
    class:
      nonBlank(line.accountingClass) ??
      nonBlank(service?.accountingClass) ??
      nonBlank(department?.accountingClass) ??
      nonBlank(settings.classes.default),
    renamedFrom: name === oneSpaced(wanted) ? undefined : wanted,
  };
}

/** The item of a line, with the name and the key that it has in documents. Parameters as in `resolveLine`. */
export function itemOf(...of: Parameters<typeof resolveLine>): DocumentItem {
  return resolveLine(...of).item;
}

/**
 * The text of a line beyond its item's name. A line without a service is known by its own name. Its item does not carry that name, so
 * the name comes first.
 */
export function descriptionOf(line: SourceLine, item: DocumentItem, service: ServiceRecord | undefined): string | undefined {
  const name = nonBlank(line.name);
  const text = nonBlank(line.description);
  const named = name === item.name || name === service?.name ? undefined : name;
  if (line.serviceId !== undefined) return text ?? named ?? nonBlank(service?.description);
  if (named === undefined || named === text) return text;
  return text === undefined ? named : `${named}: ${text}`;
}

const MAX_ITEM_NAME = 100;
const ILLEGAL = /[:\p{Cc}]|\s\s|^\s|\s$/u;
const HASH_LENGTH = 6;

/**
 * A name that books can keep: up to 100 characters, no ":" (it means a parent item there), no control characters, no
 * stray spaces. A name that loses a ":" or its end gets a hash suffix, so that two services never become one item
 * unnoticed. A category is only another name of its account (Parent:Child), and an item of two accounts is found by its
 * own rule: it needs the suffix only when it is cut.
 */
function legalItemName(name: string, suffixed: boolean, shortHash: (text: string) => string): string {
  if (name.length <= MAX_ITEM_NAME && !ILLEGAL.test(name)) return name;
  const clean = oneSpaced(name).replace(/ ?: ?/g, ' - ');
  const lost = clean.length > MAX_ITEM_NAME || (suffixed && name.includes(':'));
  if (!lost) return clean;
  return `${clean.slice(0, MAX_ITEM_NAME - HASH_LENGTH - 1).trimEnd()} ${shortHash(name).slice(0, HASH_LENGTH)}`;
}

/** Stray spaces and line breaks are not part of a name, and need no notice. */
function oneSpaced(name: string): string {
  return ILLEGAL.test(name) ? name.replace(/[\s\p{Cc}]+/gu, ' ').trim() : name;
}
