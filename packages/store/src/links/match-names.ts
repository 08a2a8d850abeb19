import { foldedName, nearest } from '@ledgerpost/core';
import type { BookName } from './book-names.ts';
import type { Link, LinkIntent } from './link-rows.ts';
import type { OurName } from './ours.ts';

/** How one of ours stands to the books. */
export type MatchState = 'linked' | 'same-name' | 'similar' | 'only-here' | 'to-match' | 'broken';

/** Why a name of the books is proposed. */
export type SuggestionReason = 'same-name' | 'near-name' | 'phone' | 'email' | 'address' | 'merged';

/** A name of the books that may be meant. */
export interface Suggestion {
  readonly externalId: string;
  readonly name: string;
  readonly reason: SuggestionReason;
}

/** What the matching of one kind in one set of books is made of. */
export interface MatchFacts {
  readonly kind: 'customer' | 'item';
  readonly ours: readonly OurName[];
  readonly links: readonly Link[];
  readonly intents: readonly LinkIntent[];
  readonly names: readonly BookName[];
}

/** One of ours, and the names of the books that may be meant. */
export interface Match {
  readonly ours: OurName;
  readonly state: MatchState;
  readonly link: Link | undefined;
  readonly intent: LinkIntent | undefined;
  /** The active names of the books that are called so. */
  readonly named: readonly BookName[];
}

/** Compares all of ours with all names of the books. Pure. */
export class Matcher {
  readonly facts: MatchFacts;
  readonly #links: ReadonlyMap<string, Link>;
  readonly #intents: ReadonlyMap<string, LinkIntent>;
  readonly #linkedTo = new Map<string, string[]>();
  readonly #called = new Map<string, string[]>();
  readonly #byId: ReadonlyMap<string, BookName>;
  readonly #byFolded = new Map<string, BookName[]>();
  #hints: ReadonlyMap<string, readonly BookName[]> | undefined;
  #words: ReadonlyMap<string, readonly BookName[]> | undefined;

  constructor(facts: MatchFacts) {
    this.facts = facts;
    this.#links = new Map(facts.links.map((link) => [link.key, link]));
    this.#intents = new Map(facts.intents.map((intent) => [intent.key, intent]));
    this.#byId = new Map(facts.names.map((name) => [name.externalId, name]));
    for (const { key, externalId } of facts.links) push(this.#linkedTo, externalId, key);
    for (const { key, folded } of facts.ours) push(this.#called, folded, key);
    for (const name of facts.names) if (name.active && !name.gone) push(this.#byFolded, name.folded, name);
  }

  matches(): readonly Match[] {
    return this.facts.ours.map((ours) => this.match(ours));
  }

  match(ours: OurName): Match {
    const link = this.#links.get(ours.key);
    const named = this.#byFolded.get(ours.folded) ?? [];
    const intent = this.#intents.get(ours.key);
    return { ours, link, intent, named, state: this.#stateOf(ours, link, intent, named) };
  }

  /** What the books have under an id. */
  there(externalId: string): BookName | undefined {
    return this.#byId.get(externalId);
  }

  /** Whether one of ours has a link. */
  isLinked(key: string): boolean {
    return this.#links.has(key);
  }

  /** What shall become of one of ours without a link. */
  intent(key: string): LinkIntent | undefined {
    return this.#intents.get(key);
  }

  /** The keys of ours that are linked to an id. */
  linkedTo(externalId: string): readonly string[] {
    return this.#linkedTo.get(externalId) ?? [];
  }

  /** Others of ours that are called so, or linked to one that is. Items of one name are one. */
  claims({ key, folded }: Pick<OurName, 'key' | 'folded'>): readonly string[] {
    if (this.facts.kind === 'item') return [];
    const linked = (this.#byFolded.get(folded) ?? []).flatMap(({ externalId }) => this.linkedTo(externalId));
    return [...new Set([...(this.#called.get(folded) ?? []), ...linked])].filter((other) => other !== key);
  }

  /** The names of the books that may be meant, the likeliest first. */
  suggestions({ ours, link, named }: Match, most = 5): readonly Suggestion[] {
    const found: Suggestion[] = [];
    const survivor = link?.broken?.survivor;
    const add = (name: BookName | undefined, reason: SuggestionReason) => {
      if (name === undefined || name.gone || name.externalId === link?.externalId) return;
      if (found.length < most && !found.some(({ externalId }) => externalId === name.externalId))
        found.push({ externalId: name.externalId, name: name.name, reason });
    };
    if (survivor !== undefined) add(this.#byId.get(survivor), 'merged');
    for (const name of named) add(name, 'same-name');
    if (link !== undefined && link.broken === null && named.length === 0) return found;
    for (const [hint, reason] of hintsOf(ours)) for (const name of this.#hinted(hint)) add(name, reason);
    if (found.length < most) for (const name of this.#near(ours)) add(name, 'near-name');
    return found;
  }

  #stateOf(ours: OurName, link: Link | undefined, intent: LinkIntent | undefined, named: readonly BookName[]): MatchState {
    if (link !== undefined) {
      if (link.broken !== null) return 'broken';
      return this.renamedToAnother(ours, link, named) ? 'to-match' : 'linked';
    }
    if (intent !== undefined && intent.wish !== 'create') return 'only-here';
    if (named.length > 1) return 'to-match';
    if (this.claims(ours).length > 0 && intent === undefined) return 'to-match';
    if (named.length === 1) return 'same-name';
    if (intent !== undefined) return 'only-here';
    return hintsOf(ours).some(([hint]) => this.#hinted(hint).length > 0) ? 'similar' : 'only-here';
  }

  /** Renamed here to what another one in the books is called: it may be a corrected key. */
  renamedToAnother(ours: OurName, link: Link, named: readonly BookName[] = this.#byFolded.get(ours.folded) ?? []): boolean {
    if (foldedName(link.name) === ours.folded) return false;
    return named.length > 0 && named.every(({ externalId }) => externalId !== link.externalId);
  }

  #hinted(hint: string): readonly BookName[] {
    if (this.#hints === undefined) {
      const hints = new Map<string, BookName[]>();
      for (const name of this.facts.names) {
        if (name.gone || !name.active) continue;
        for (const [key] of hintsOf(name)) push(hints, key, name);
      }
      this.#hints = hints;
    }
    return this.#hints.get(hint) ?? [];
  }

  #near(ours: OurName): readonly BookName[] {
    if (this.#words === undefined) {
      const words = new Map<string, BookName[]>();
      for (const name of this.facts.names)
        if (!name.gone && name.active) for (const word of wordsOf(name.folded)) push(words, word, name);
      this.#words = words;
    }
    const sharing = new Map<string, BookName>();
    for (const word of wordsOf(ours.folded)) {
      const names = this.#words.get(word) ?? [];
      // A word that a thousand names have says nothing.
      if (names.length <= 500) for (const name of names) sharing.set(name.name, name);
    }
    return nearest(ours.name, sharing.keys()).map((name) => sharing.get(name)!);
  }
}

/** What two names have in common if they are probably one: the same words in another order, an e-mail address, a phone number. */
function hintsOf(name: Pick<OurName, 'folded' | 'email' | 'phone'>): readonly (readonly [string, SuggestionReason])[] {
  const hints: [string, SuggestionReason][] = [];
  const words = wordsOf(name.folded);
  if (words.length > 0) hints.push([`w ${[...words].sort().join(' ')}`, 'near-name']);
  const letters = words
    .join('')
    .replace(/(.)\1+/gu, '$1')
    .replace(/(?!^)[aeiouyhw]/g, '');
  if (letters.length >= 4) hints.push([`l ${letters}`, 'near-name']);
  const email = name.email?.split(/[,;]/)[0]?.trim().toLowerCase();
  if (email?.includes('@')) hints.push([`e ${email}`, 'email']);
  const digits = name.phone?.replace(/\D/g, '').slice(-10);
  if (digits !== undefined && digits.length >= 7) hints.push([`p ${digits}`, 'phone']);
  return hints;
}

/** Without marks, accents, legal forms and little words. */
function wordsOf(folded: string): readonly string[] {
  const plain = folded.normalize('NFKD').replace(/\p{M}/gu, '');
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const telling = words.filter((word) => !LITTLE.has(word));
  return telling.length > 0 ? telling : words;
}

const LITTLE = new Set(['and', 'the', 'inc', 'llc', 'ltd', 'co', 'corp', 'company', 'of', 'mr', 'mrs', 'ms', 'dr']);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
