/**
 * A header as it is compared: case, blanks, punctuation and order aside. `Total ($)` and `total $` are the same column, and
 * `Total %` is another one.
 */
export function normalHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$%#]+/gu, '');
}

/** Where each column stands, by its normal name. A name that stands twice is in `twice` as well, and counts where it stands first. */
export function columnsOf(headers: readonly string[]): {
  readonly at: ReadonlyMap<string, number>;
  readonly twice: ReadonlySet<string>;
} {
  const at = new Map<string, number>();
  const twice = new Set<string>();
  for (const [index, header] of headers.entries()) {
    const name = normalHeader(header);
    if (name === '') continue;
    if (at.has(name)) twice.add(name);
    else at.set(name, index);
  }
  return { at, twice };
}
