import { createHash } from 'node:crypto';
import { isStorable, plainName, transliterate } from '../payload/texts.ts';
import { decodeEntities } from './decode-entities.ts';

/** A name as QuickBooks compares it: without case and without extra blanks. */
export function fold(name: string): string {
  return spaced(name).toLowerCase();
}

/** A full name with single blanks, and none around its colons. */
export function spaced(name: string): string {
  return partsOf(name).join(':');
}

/**
 * The names between the colons of a full name, outermost parent first, as QuickBooks can keep them. Stray colons name nobody. What is
 * below the fifth name is part of it, and what is too long is cut: both end in a hash of what they were, so that two stay two.
 */
export function partsOf(name: string): readonly string[] {
  const parts = name
    .split(':')
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((part) => part !== '');
  if (parts.length > MOST_LEVELS) {
    const below = parts.splice(MOST_LEVELS - 1).join(' - ');
    parts.push(`${below} (${hashOf(below.toLowerCase())})`);
  }
  return parts.map((part) => {
    if (part.length <= MAX_NAME) return part;
    const end = ` (${hashOf(part.toLowerCase())})`;
    return part.slice(0, MAX_NAME - end.length).trimEnd() + end;
  });
}

/** QuickBooks keeps a customer and four levels below it. */
const MOST_LEVELS = 5;
const MAX_NAME = 500;

/** A full name without its parents. */
export function lastOf(name: string): string {
  return partsOf(name).at(-1) ?? '';
}

/** The full name of the parent, if there is one. */
export function parentOf(name: string): string | undefined {
  const parts = partsOf(name);
  return parts.length <= 1 ? undefined : parts.slice(0, -1).join(':');
}

/** The full names of all parents and of the name itself, outermost first. */
export function withParents(name: string): readonly string[] {
  const parts = partsOf(name);
  return parts.map((_, at) => parts.slice(0, at + 1).join(':'));
}

/** A name as a person reads it: as QuickBooks compares it, and with HTML's entities decoded and typographic signs plain. */
export function spelled(name: string): string {
  return fold(plainName(decodeEntities(name)));
}

/** The name in the spelling of books that hold "?" in place of each character outside Latin-1. */
export function mangled(name: string): string {
  let text = '';
  for (const character of decodeEntities(name)) text += isStorable(character) ? character : '?';
  return fold(text);
}

/** A name in letters that all books can store; what has no plain letter is "?". */
export function plainly(name: string): string {
  // A letter whose plain form is a colon would move the customer below another one.
  return partsOf(name)
    .map((part) => transliterate(part).replaceAll(':', '-').trim().replace(/\s+/g, ' '))
    .join(':');
}

/** Signs that people and programs write in several ways: quotes, dashes, dots, and what HTML encodes. */
const SIGNS = /\.\.\.|['"&<>-]/g;

/** Whether the books may hold the name in a spelling that a query by its letters does not find. */
export function hasSpellings(name: string): boolean {
  const plain = decodeEntities(name);
  return !isStorable(plain) || new RegExp(SIGNS).test(plain);
}

/** A pattern for a query that finds all spellings of the name without its parents. It may find other names as well. */
export function patternOf(name: string): string {
  let pattern = '';
  for (const character of decodeEntities(lastOf(name)).replace(SIGNS, '%')) pattern += isStorable(character) ? character : '%';
  return pattern.replace(/%+/g, '%');
}

/**
 * A name as it is written to the books: as it is where they keep all characters, else in plain letters. Names whose letters have no
 * plain form end in a hash of the name, so that two of them stay two.
 * @param apart whether another one has the plain spelling already, so that the hash is needed
 */
export function storedName(name: string, keepsAll: boolean, apart = false): string {
  const clean = spaced(name.replace(/(?!\s)\p{Cc}/gu, ''));
  if (keepsAll || isStorable(clean)) return clean;
  const parts = partsOf(clean);
  const stored = parts
    .map((part, at) => {
      const plain = plainly(part);
      const isLossy = plain.split('?').length > part.split('?').length;
      return isLossy || (apart && at === parts.length - 1 && plain !== part) ? `${plain} (${hashOf(part)})` : plain;
    })
    .join(':');
  return spaced(stored);
}

function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 6);
}
