/** No record, selection or setting is nested deeper; programs that walk a deeper value run out of stack. */
export const MOST_LEVELS = 32;

export type JsonReading = { readonly value: unknown } | { readonly reason: string };

/**
 * A JSON text as a value that the rest of the program may walk, or why it is refused, in a sentence.
 * @param isSound shows of a value that it holds nothing odd, so that nothing odd is looked for
 */
export function readJson(text: string, isSound: (value: unknown) => boolean = () => false): JsonReading {
  if (isDeeperThan(text, MOST_LEVELS)) {
    return { reason: `It is nested more than ${MOST_LEVELS} levels deep. Send no more levels than the schema shows.` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'It is not JSON. Send one well-formed JSON value.' };
  }
  if (isSound(value)) return { value };
  const odd = MAY_BE_ODD.test(text) ? oddityIn(value, '') : undefined;
  return odd === undefined ? { value } : { reason: odd };
}

/** Bytes of a request body as a JSON value, or why they are refused. */
export function readJsonBytes(bytes: Uint8Array): JsonReading {
  const text = readText(bytes);
  return text === undefined ? { reason: 'It is not UTF-8. Send it in UTF-8.' } : readJson(text);
}

/** Bytes as the text that they are in UTF-8; undefined if they are not UTF-8. */
export function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether lists and objects are nested deeper. Reads the text, so that a deep value is never built. */
function isDeeperThan(text: string, most: number): boolean {
  // Most texts open fewer than that in all, and to look for those costs a tenth of a look at each letter.
  if (occurrences(text, '{', most) + occurrences(text, '[', most) <= most) return false;
  let levels = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === BRACE || code === BRACKET) {
      levels++;
      if (levels > most) return true;
    } else if (code === END_BRACE || code === END_BRACKET) levels--;
  }
  return false;
}

/** How often it occurs; once it is more often than `most`, so much is known. */
function occurrences(text: string, letter: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(letter); at !== -1 && count <= most; at = text.indexOf(letter, at + 1)) count++;
  return count;
}

const [QUOTE, BACKSLASH, BRACKET, END_BRACKET, BRACE, END_BRACE] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Texts in which there may be something that JSON allows and JavaScript can't keep; saves the walk for all others. */
const MAY_BE_ODD = /__proto__|\\u005f|\\u00[57]|[0-9][eE]\+?[0-9]{3}|[0-9]{309}/i;

function oddityIn(value: unknown, path: string): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return `${path === '' ? 'It' : path} is a number that is too large. Send a smaller one.`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [member, inner] of Object.entries(value)) {
    const step = Array.isArray(value) ? `${path}[${member}]` : path === '' ? member : `${path}.${member}`;
    if (member === '__proto__') return `${step} is a name that no member may have. Remove it.`;
    const found = oddityIn(inner, step);
    if (found !== undefined) return found;
  }
  return undefined;
}
