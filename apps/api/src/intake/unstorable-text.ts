/**
 * The place of the first text that Postgres can't hold (a NUL, or half of a surrogate pair), as a path of members;
 * undefined if there is none. JSON allows both as escapes, and neither can be printed.
 */
export function findUnstorableText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [member, inner] of Object.entries(value)) {
    if (member.includes('\0') || !member.isWellFormed()) return path;
    const step = Array.isArray(value) ? `[${member}]` : path === '' ? member : `.${member}`;
    const found = findUnstorableText(inner, path + step);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const UNSTORABLE = 'holds a character that text can’t contain (NUL, or half of a surrogate pair). Remove it.';
