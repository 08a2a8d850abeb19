/** Takes the turns in this order, so many at once, and returns their results in the same order. */
export async function inLanes<T>(lanes: number, turns: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = [];
  const waiting = turns.entries();
  async function lane(): Promise<void> {
    for (const [at, turn] of waiting) results[at] = await turn();
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
