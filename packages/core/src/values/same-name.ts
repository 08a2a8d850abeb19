/**
 * One spelling for all names that accounting systems treat as the same: they ignore case, extra blanks and stray colons, and store plain
 * quotes and dashes instead of typographic ones. For comparing only; never sent anywhere.
 */
export function foldedName(name: string): string {
  return name
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\s*:[\s:]*/g, ':')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:]+|[\s:]+$/g, '')
    .toLowerCase();
}
