import type { Value } from './fields.ts';

/**
 * One cell of a sheet. exceljs writes a text as the result of a formula (`t="str"`), which some readers then format as
 * a number: 00123 becomes 123. An inline string (`t="inlineStr"`) is text to every reader, whatever it begins with.
 */
export function cellXml(reference: string, value: Value): string {
  switch (typeof value) {
    case 'number':
      return `<c r="${reference}"><v>${value}</v></c>`;
    case 'boolean':
      return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`;
    case 'string':
      return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${textXml(value)}</t></is></c>`;
    default:
      return value satisfies never;
  }
}

/** A sheet's column letters: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 can't hold, not even escaped
const NOT_PLAIN = /[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text as XML holds it: characters that it can't hold are left out, and a line ends in one character. */
export function textXml(text: string): string {
  if (!NOT_PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(ILLEGAL, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
