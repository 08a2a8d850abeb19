import { describe, expect, it } from 'vitest';
import { columnLetters, rowsXml, textXml } from './row-xml.ts';

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [38, 'AM'],
  [49, 'AX'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (index, letters) => expect(columnLetters(index)).toBe(letters));

describe('a row', () => {
  const xml = rowsXml([
    { letters: 'B', field: 'number' },
    { letters: 'C', field: 'amount' },
    { letters: 'AD', field: 'taxable' },
  ]);
  it('has text as inline text, with its spaces', () =>
    expect(xml({ shared: {}, rows: [{ number: ' 00123 ' }] }, 2)).toBe(
      '<row r="2"><c r="B2" t="inlineStr"><is><t xml:space="preserve"> 00123 </t></is></c></row>',
    ));
  it('has a number as a number, to the cent, and true or false as a boolean', () =>
    expect(xml({ shared: {}, rows: [{ amount: 188.76, taxable: false }] }, 3)).toBe(
      '<row r="3"><c r="C3"><v>188.76</v></c><c r="AD3" t="b"><v>0</v></c></row>',
    ));
  it('has what all rows share, unless it has its own, and a row without cells has none', () => {
    expect(xml({ shared: { number: 7, taxable: true }, rows: [{ number: 8 }, { amount: 1 }] }, 9)).toBe(
      '<row r="9"><c r="B9"><v>8</v></c><c r="AD9" t="b"><v>1</v></c></row><row r="10"><c r="B10"><v>7</v></c><c r="C10"><v>1</v></c><c r="AD10" t="b"><v>1</v></c></row>',
    );
    expect(xml({ shared: {}, rows: [{}] }, 4)).toBe('<row r="4"></row>');
  });
});

describe('text', () => {
  it.each([
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d', 'markup is escaped'],
    ['line\r\nline\rline\n', 'line\nline\nline\n', 'a line ends in one character'],
    ['a\u0000b\u0008c\u000bd\u001fe\ufffef\uffff', 'abcdef', 'what XML can’t hold is left out'],
    ['\ud83d\udc26 and \ud83d alone', '\ud83d\udc26 and  alone', 'a whole emoji stays, half of one goes'],
    ['tab\tstays', 'tab\tstays', 'a tab stays'],
    ['\'quoted\' "twice"', '\'quoted\' "twice"', 'quotes stay'],
  ])('%j becomes %j: %s', (text, xml) => expect(textXml(text)).toBe(xml));
});
