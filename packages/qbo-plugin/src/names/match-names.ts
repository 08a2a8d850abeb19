import { isStorable, plainName } from '../payload/texts.ts';
import { decodeEntities } from './decode-entities.ts';

/** A customer, product or service of the books. */
export interface HeldName {
  readonly id: string;
  /** The full name, parents first. */
  readonly name: string;
  readonly active: boolean;
  readonly email?: string;
  readonly phone?: string;
}

/** One of our names, with what else may identify it. */
export interface WantedName {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
}

/** What the books have under a name. Only `one` may be linked without a person. */
export type NameMatch =
  /** `spelling`: no name there is the same, but one is after entities are decoded and signs are plain. */
  | { readonly status: 'one'; readonly held: HeldName; readonly by: 'name' | 'spelling' }
  | { readonly status: 'several'; readonly held: readonly HeldName[] }
  | { readonly status: 'none' };

/** A name of the books that could be the wanted one. */
export interface Candidate {
  readonly held: HeldName;
  /** How alike the names are, from 0 to 1. */
  readonly likeness: number;
  /** What else is the same. */
  readonly same: readonly ('email' | 'phone')[];
}

/** The names of the books, ready to be compared with many of ours. */
export interface NameIndex {
  /** What the books have under exactly this name. Names that are in use count before inactive ones. */
  match(name: string): NameMatch;
  /** The names that a person may have meant, the most alike first. */
  similar(wanted: WantedName, most?: number): readonly Candidate[];
}

/** Builds the index once. A look-up then costs as much as there are similar names, so tens of thousands of names are fine. */
export function indexNames(names: Iterable<HeldName>): NameIndex {
  const all = [...names];
  const byName = Map.groupBy(all, ({ name }) => compared(name));
  const bySpelling = Map.groupBy(all, ({ name }) => spelled(name));
  const byEmail = Map.groupBy(all, ({ email }) => emailOf(email));
  const byPhone = Map.groupBy(all, ({ phone }) => digitsOf(phone));
  const grams = all.map(({ name }) => gramsOf(name));
  const byGram = new Map<string, number[]>();
  for (const [at, own] of grams.entries()) {
    for (const gram of own) {
      const list = byGram.get(gram);
      if (list === undefined) byGram.set(gram, [at]);
      else list.push(at);
    }
  }
  const places = new Map(all.map((held, at) => [held, at]));

  return {
    match(name) {
      const same = byName.get(compared(name));
      if (same !== undefined) return matchOf(same, 'name');
      // US books hold "?" in place of each character that they can't store.
      const mangled = [...decodeEntities(name)].map((character) => (isStorable(character) ? character : '?')).join('');
      const spellings = new Set([...(bySpelling.get(spelled(name)) ?? []), ...(byName.get(compared(mangled)) ?? [])]);
      return spellings.size === 0 ? { status: 'none' } : matchOf([...spellings], 'spelling');
    },
    similar({ name, email, phone }, most = 5) {
      const own = gramsOf(name);
      const shared = new Map<number, number>();
      for (const gram of own) for (const at of byGram.get(gram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
      const [mail, digits] = [emailOf(email), digitsOf(phone)];
      const byContact = [
        ...(mail === '' ? [] : (byEmail.get(mail) ?? [])),
        ...(digits === '' ? [] : (byPhone.get(digits) ?? [])),
      ];
      for (const held of byContact) shared.set(places.get(held)!, shared.get(places.get(held)!) ?? 0);
      return [...shared]
        .map(([at, count]): Candidate => {
          const held = all[at]!;
          const same: Candidate['same'][number][] = [];
          if (mail !== '' && emailOf(held.email) === mail) same.push('email');
          if (digits !== '' && digitsOf(held.phone) === digits) same.push('phone');
          return { held, likeness: (2 * count) / (own.size + grams[at]!.size), same };
        })
        .filter(({ likeness, same }) => likeness >= ALIKE || same.length > 0)
        .sort(
          (a, b) => rankOf(b) - rankOf(a) || Number(b.held.active) - Number(a.held.active) || (a.held.id < b.held.id ? -1 : 1),
        )
        .slice(0, most);
    },
  };
}

/** Names that share fewer of their parts are not alike to a person either. */
const ALIKE = 0.4;

function rankOf({ likeness, same }: Candidate): number {
  return likeness + same.length;
}

function matchOf(found: readonly HeldName[], by: 'name' | 'spelling'): NameMatch {
  const active = found.filter((one) => one.active);
  const counted = active.length > 0 ? active : found;
  return counted.length === 1 ? { status: 'one', held: counted[0]!, by } : { status: 'several', held: counted };
}

/** As QuickBooks itself compares: without case and without extra blanks. */
function compared(name: string): string {
  return name
    .split(':')
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .join(':')
    .toLowerCase();
}

/** As a person compares: also without HTML's entities and with plain signs. */
function spelled(name: string): string {
  return compared(plainName(decodeEntities(name)));
}

/** The parts of three characters of a name, without accents and punctuation. The last name counts, not its parents. */
function gramsOf(name: string): ReadonlySet<string> {
  const last = spelled(name).split(':').at(-1)!;
  const words = last
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    // In the order of the alphabet, so that "Roe, Jane" is Jane Roe.
    .split(' ')
    .sort()
    .join(' ');
  const padded = ` ${words} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at++) grams.add(padded.slice(at, at + 3));
  return grams;
}

function emailOf(email: string | undefined): string {
  return (email ?? '').trim().toLowerCase();
}

/** The last ten digits, so that a country code makes no difference. Shorter numbers identify nobody. */
function digitsOf(phone: string | undefined): string {
  const digits = (phone ?? '').replace(/\D/g, '');
  return digits.length < 7 ? '' : digits.slice(-10);
}
