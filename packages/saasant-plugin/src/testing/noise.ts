/** Text of that length that hardly compresses, the same for the same seed. */
export function noise(seed: number, length: number): string {
  let state = (seed + 1) * 2654435761;
  let text = '';
  while (text.length < length) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    text += (state >>> 0).toString(36);
  }
  return text.slice(0, length);
}
