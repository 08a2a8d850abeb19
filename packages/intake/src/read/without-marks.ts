/**
 * Leaves out what programs write where a file begins and ends, also in the middle of files that were put together from others: byte order
 * marks, NUL that pads a file, and the end marks of old systems (Ctrl-Z, Ctrl-D). Within a row an end mark may stand for a letter that got
 * lost, so it stays there. An end mark right behind the last row shows that the row is whole.
 */
export async function* withoutMarks(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let held = '';
  let isLineStart = true;
  for await (const piece of pieces) {
    let text = held === '' ? piece : held + piece;
    held = '';
    if (MARKS.some((mark) => text.includes(mark))) {
      text = linesWithoutMarks(text.replaceAll('\0', '').replaceAll('\uFEFF', ''), isLineStart);
      // What follows shows whether the mark ends the file; a line break before it belongs to the last row.
      for (let at = endOf(text, `${END_MARKS}\r\n\f `); at < text.length; at += 1) {
        if (END_MARKS.includes(text.charAt(at))) [text, held] = [text.slice(0, at), text.slice(at)];
      }
    }
    if (text === '') continue;
    isLineStart = BREAKS.includes(text.at(-1)!);
    yield text;
  }
  if (held !== '') yield '\n';
}

/** Where a text ends if these letters at its end don't count. No pattern: a long run of them would take one hours. */
export function endOf(text: string, letters: string): number {
  let end = text.length;
  while (end > 0 && letters.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

const END_MARKS = '\x04\x1A';
const BREAKS = '\r\n';
const MARKS = [...END_MARKS, '\0', '\uFEFF'];

function linesWithoutMarks(text: string, isLineStart: boolean): string {
  let kept = '';
  let from = 0;
  let isStart = isLineStart;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isStart && END_MARKS.includes(letter)) {
      kept += text.slice(from, at);
      from = at + 1;
    } else {
      isStart = BREAKS.includes(letter);
    }
  }
  return kept + text.slice(from);
}
