/** A value in the spelling of the query language: quotes and backslashes are escaped by a backslash, never doubled. */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * `IN` lists of the values, each short enough for one statement. Intuit reports lists of up to 1,000 ids, and documents no bound for
 * the length of a statement that is posted: 300 values are our own caution.
 */
export function inLists(values: readonly string[], most = 300): readonly string[] {
  const lists: string[] = [];
  let list: string[] = [];
  let length = 0;
  for (const value of [...new Set(values)]) {
    const text = quoted(value);
    if (list.length > 0 && (list.length === most || length + text.length > LONGEST)) {
      lists.push(`(${list.join(', ')})`);
      list = [];
      length = 0;
    }
    list.push(text);
    length += text.length + 2;
  }
  if (list.length > 0) lists.push(`(${list.join(', ')})`);
  return lists;
}

const LONGEST = 12_000;
