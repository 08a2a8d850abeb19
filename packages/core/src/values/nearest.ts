/**
 * The names that look most like the wanted one, nearest first: case and spaces count little, a few other letters are
 * forgiven. For messages that suggest what a person may have meant.
 */
export function nearest(wanted: string, names: Iterable<string>, most = 3): readonly string[] {
  const folded = fold(wanted);
  const forgiven = Math.max(2, Math.floor(folded.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const name of names) {
    const other = fold(name);
    // People who forget the parent write the last part of Parent:Child.
    const distance = Math.min(
      editDistance(folded, other, forgiven),
      editDistance(folded, other.slice(other.lastIndexOf(':') + 1), forgiven) + 1,
    );
    if (distance <= forgiven) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return found.slice(0, most).map(({ name }) => name);
}

function fold(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Levenshtein's distance; anything above `limit` comes back as limit + 1. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return Math.min(row[b.length]!, limit + 1);
}
