type Turns<T> = readonly (() => Promise<T>)[];

/**
 * Takes the turns in this order, so many at once, and returns their results in the same order, those of the filling turns last.
 * @param filling taken beside them in lanes of their own, and by each lane that has nothing else left
 */
export async function inLanes<T>(
  lanes: number,
  turns: Turns<T>,
  filling: { readonly lanes: number; readonly turns: Turns<T> } = { lanes: 0, turns: [] },
): Promise<readonly T[]> {
  const results: T[] = [];
  const waiting = turns.entries();
  const rest = filling.turns.entries();
  async function fill(): Promise<void> {
    for (const [at, turn] of rest) results[turns.length + at] = await turn();
  }
  async function lane(): Promise<void> {
    for (const [at, turn] of waiting) results[at] = await turn();
    await fill();
  }
  await Promise.all([...Array.from({ length: lanes }, lane), ...Array.from({ length: filling.lanes }, fill)]);
  return results;
}
