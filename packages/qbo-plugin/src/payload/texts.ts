/** Whether QuickBooks (US) keeps the text to the character: it stores Latin-1, on one line where it is a name. */
export function isStorable(text: string): boolean {
  return !/[^\u0020-\u007e\u00a0-\u00ff]/.test(text);
}

/** The first character that QuickBooks can't store, for a sentence; undefined if there is none. */
export function unstorable(text: string): string | undefined {
  const found = /[^\u0020-\u007e\u00a0-\u00ff]/u.exec(text)?.[0];
  if (found === undefined) return undefined;
  const code = found.codePointAt(0)!;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : found;
}

/**
 * Free text as QuickBooks can store it: typographic signs become plain ones, letters lose accents that Latin-1 lacks, and
 * all other characters become "?". Line breaks stay. Not for names: two of them could become one.
 */
export function transliterate(text: string): string {
  let plain = '';
  for (const character of text.replace(/\r\n?/g, '\n')) plain += character === '\n' ? character : storable(character);
  return plain;
}

function storable(character: string): string {
  if (isStorable(character)) return character;
  const known = SIGNS[character];
  if (known !== undefined) return known;
  if (/[\p{Cc}\p{Cf}\p{Mn}]/u.test(character)) return '';
  const base = character.normalize('NFKD').replace(/\p{Mn}/gu, '');
  return base !== '' && isStorable(base) ? base : '?';
}

/**
 * A name as it is written to QuickBooks: typographic quotes, dashes, dots and blanks become the plain signs that a keyboard has, since
 * QuickBooks (US) can't store them. All other characters stay: two different names must not become one.
 */
export function plainName(name: string): string {
  return isStorable(name) ? name : name.replace(/[^\u0020-\u007e\u00a0-\u00ff]/gu, (sign) => PLAIN_SIGNS[sign] ?? sign);
}

const PLAIN_SIGNS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'‘’‚‛′'].map((sign) => [sign, "'"])),
  ...Object.fromEntries([...'“”„‟″'].map((sign) => [sign, '"'])),
  ...Object.fromEntries([...'‐‑‒–—―−'].map((sign) => [sign, '-'])),
  ...Object.fromEntries([...'\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000'].map((sign) => [sign, ' '])),
  ...Object.fromEntries([...'\u200b\u200c\u200d\u2060\ufeff'].map((sign) => [sign, ''])),
  '…': '...',
};

const SIGNS: Readonly<Record<string, string>> = {
  '\t': ' ',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '•': '*',
  '€': 'EUR',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
};

/** The most characters that QuickBooks keeps of a payment's reference. */
const REF_NO = 21;

/** A payment's reference as QuickBooks can store it. Free text is enough for it: payments are recognized by their marker. */
export function storedRefNo(refNo: string): string {
  return transliterate(refNo).replace(/\s+/g, ' ').slice(0, REF_NO);
}

/** The most characters that QuickBooks keeps of a line's description. */
export const MAX_DESCRIPTION = 4000;

/** Why money was given back, as QuickBooks can store it. No refund is kept out of the books by the length of its reason. */
export function storedReason(reason: string): string {
  return transliterate(reason).slice(0, MAX_DESCRIPTION);
}

/** The most characters that QuickBooks keeps of a phone number. */
export const MAX_PHONE = 30;

/** A phone number as QuickBooks can store it: cut where a blank or a separator is, never inside a group of digits. */
export function storedPhone(phone: string): string {
  const plain = transliterate(phone);
  if (plain.length <= MAX_PHONE) return plain;
  const cut = plain.slice(0, MAX_PHONE + 1).search(/[^\d][\d]*$/);
  return plain.slice(0, cut > 0 ? cut : MAX_PHONE).trimEnd();
}

const MAX_EMAIL = 100;

/** The first address that QuickBooks accepts, of one or several that people separate by commas, semicolons or blanks. */
export function storedEmail(email: string): string | undefined {
  return email
    .split(/[,;\s]+/)
    .find((one) => one.length <= MAX_EMAIL && isStorable(one) && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one));
}

/** Our marker as the private note can store it. Two different markers stay different. */
export function storedMarker(marker: string): string {
  let stored = '';
  for (const character of marker) stored += isStorable(character) ? character : `{${character.codePointAt(0)!.toString(16)}}`;
  return stored;
}

/** Whether a private note holds the marker. It must be a whole line, since one id may begin like another. */
export function isMarked(note: string | undefined, marker: string): boolean {
  return linesOf(note).includes(marker);
}

/** Whether a private note shows that Ledgerpost posted the transaction. */
export function isOurs(note: string | undefined): boolean {
  return linesOf(note).some((line) => /^Ledgerpost (invoice|payment|refund|creditMemo|fee) ./.test(line));
}

function linesOf(note: string | undefined): readonly string[] {
  return (note ?? '').split(/\r?\n/).map((line) => line.trim().replace(/^Voided( - )?/, ''));
}
