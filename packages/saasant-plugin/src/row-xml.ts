import type { Cells, Field, RowsPayload, Value } from './fields.ts';

/**
 * A cell of a sheet behind its reference. exceljs writes a text as the result of a formula (`t="str"`), which some readers then
 * format as a number: 00123 becomes 123. An inline string (`t="inlineStr"`) is text to every reader, whatever it begins with.
 */
function behindReference(value: Value): string {
  switch (typeof value) {
    case 'number':
      return `"><v>${value}</v></c>`;
    case 'boolean':
      return value ? '" t="b"><v>1</v></c>' : '" t="b"><v>0</v></c>';
    case 'string':
      return `" t="inlineStr"><is><t xml:space="preserve">${textXml(value)}</t></is></c>`;
    default:
      return value satisfies never;
  }
}

/**
 * The rows of documents, of these columns. A row is its pieces, joined by its number, which each of its cells repeats; what the rows of
 * a document share is spelled once.
 */
export function rowsXml(columns: readonly { readonly letters: string; readonly field: Field }[]) {
  const begins = columns.map(({ letters }) => `<c r="${letters}`);
  return ({ shared, rows }: RowsPayload, firstRow: number): string => {
    const common: (string | undefined)[] = columns.map(({ field }) => {
      const value = shared[field];
      return value === undefined ? undefined : behindReference(value);
    });
    let xml = '';
    for (let index = 0; index < rows.length; index++) xml += rowXml(rows[index]!, common, firstRow + index);
    return xml;
  };

  function rowXml(own: Cells, common: readonly (string | undefined)[], number: number): string {
    let xml = `<row r="${number}">`;
    for (let at = 0; at < columns.length; at++) {
      const value = own[columns[at]!.field];
      const behind = value === undefined ? common[at] : behindReference(value);
      if (behind !== undefined) xml += begins[at]! + number + behind;
    }
    return `${xml}</row>`;
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
