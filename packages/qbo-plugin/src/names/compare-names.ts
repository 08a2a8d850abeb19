import { isStorable, plainName } from '../payload/texts.ts';

/** A name as QuickBooks compares it: without case, without extra blanks, and with plain signs for typographic ones. */
export function fold(name: string): string {
  return spaced(name).toLowerCase();
}

/** A full name as we write it to the books: plain signs, single blanks, no blanks around its colons. */
export function spaced(name: string): string {
  return partsOf(name).join(':');
}

/** The names between the colons of a full name, outermost parent first. */
export function partsOf(name: string): readonly string[] {
  return plainName(name)
    .split(':')
    .map((part) => part.trim().replace(/\s+/g, ' '));
}

/** A full name without its parents. */
export function lastOf(name: string): string {
  return partsOf(name).at(-1)!;
}

/** The full name of the parent, if there is one. */
export function parentOf(name: string): string | undefined {
  const parts = partsOf(name);
  return parts.length === 1 ? undefined : parts.slice(0, -1).join(':');
}

/** The full names of all parents and of the name itself, outermost first. */
export function withParents(name: string): readonly string[] {
  const parts = partsOf(name);
  return parts.map((_, at) => parts.slice(0, at + 1).join(':'));
}

/** Whether the name has a sign that QuickBooks (US) can't store, so that books may hold it in another spelling than `spaced`. */
export function isOdd(name: string): boolean {
  return !isStorable(name);
}

/** Whether a name in the books is ours in another spelling: with its own signs, with plain ones, or with "?" in their place. */
export function isSpellingOf(held: string, name: string): boolean {
  return fold(held) === fold(name) || fold(held) === fold(replaced(name, '?'));
}

/** A pattern for a query that finds all those spellings. It may find other names as well. */
export function patternOf(name: string): string {
  return replaced(name.split(':').at(-1)!.trim().replace(/\s+/g, ' '), '%');
}

function replaced(name: string, by: string): string {
  let text = '';
  for (const character of name) text += isStorable(character) ? character : by;
  return text;
}
