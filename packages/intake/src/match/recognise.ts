import type { Mapping } from '../map/mapping.ts';
import { normalHeader } from './headers.ts';

/** Which of the mappings' files this one is. */
export interface Recognised {
  readonly mapping: Mapping;
  readonly role: string;
}

/**
 * Recognises a file by its headers as a set: order, case, blanks and punctuation aside, and more columns allowed. The mapping that
 * names most of the file's headers wins, and of equals the one that comes first: put a company's own before the presets.
 */
export function recognise(headers: readonly string[], mappings: readonly Mapping[]): Recognised | undefined {
  const names = new Set(headers.map(normalHeader));
  let best: (Recognised & { readonly size: number }) | undefined;
  for (const mapping of mappings) {
    for (const [role, { known }] of Object.entries(mapping.files)) {
      const wanted = known.map(normalHeader);
      if (wanted.every((name) => names.has(name)) && wanted.length > (best?.size ?? 0))
        best = { mapping, role, size: wanted.length };
    }
  }
  return best === undefined ? undefined : { mapping: best.mapping, role: best.role };
}

/** The header sets of mappings, in normal form: what `openTable` looks for below a preamble. */
export function knownHeaders(mappings: readonly Mapping[]): readonly ReadonlySet<string>[] {
  return mappings.flatMap(({ files }) => Object.values(files).map(({ known }) => new Set(known.map(normalHeader))));
}
