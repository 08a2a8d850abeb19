/** One line of a stream, or why it can't be read. `number` counts from 1 and counts blank lines too, as an editor does. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly unreadable: string });

export const LONGEST_LINE = 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines, holding no more than what came at once, and one line (of at most `longest` bytes): of a longer
 * one the rest is dropped as it arrives. Blank lines are skipped. A last line without a newline counts, unless the
 * stream breaks: then the line may be incomplete.
 */
export async function* ndjsonLines(bytes: AsyncIterable<Uint8Array>, longest = LONGEST_LINE): AsyncGenerator<Line> {
  for await (const lines of linesTogether(bytes, longest)) yield* lines;
}

/** As `ndjsonLines`, the lines that came at once together: a promise for each line costs a tenth of what is done with it. */
export async function* linesTogether(bytes: AsyncIterable<Uint8Array>, longest = LONGEST_LINE): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let number = 0;
  let parts: Uint8Array[] = [];
  let length = 0;

  function add(part: Uint8Array): void {
    length += part.length;
    if (length > longest) parts = [];
    else if (part.length > 0) parts.push(part);
  }

  function finish(): Line | undefined {
    number++;
    const [size, whole] = [length, parts.length === 1 ? parts[0]! : Buffer.concat(parts)];
    parts = [];
    length = 0;
    if (size > longest) {
      return {
        number,
        unreadable: `The line is longer than ${longest} bytes. Send one record on each line.`,
      };
    }
    let text: string;
    try {
      text = decoder.decode(whole);
    } catch {
      return { number, unreadable: 'The line is not UTF-8. Send the stream in UTF-8.' };
    }
    if (number === 1 && text.startsWith('\ufeff')) text = text.slice(1);
    return text.trim() === '' ? undefined : { number, text };
  }

  for await (const chunk of bytes) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      start = end + 1;
      const line = finish();
      if (line !== undefined) lines.push(line);
    }
    // A copy, since the stream may use its buffer again.
    if (start < chunk.length) add(Uint8Array.prototype.slice.call(chunk, start));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) {
    const line = finish();
    if (line !== undefined) yield [line];
  }
}
