import type { BooksKind } from './books.ts';

/** A name as the company spells it: QuickBooks keeps only Western European letters and plain quotes. */
export function spelt(name: string, books: BooksKind): string {
  if (books === 'files') return name;
  return [...name].map((sign) => PLAIN[sign] ?? sign).join('');
}

const PLAIN: Readonly<Record<string, string>> = { '’': "'", '“': '"', '”': '"', Ł: 'L', ễ: 'e' };
