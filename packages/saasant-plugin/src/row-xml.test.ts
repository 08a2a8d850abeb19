import { describe, expect, it } from 'vitest';
import { cellXml, columnLetters, textXml } from './row-xml.ts';

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [38, 'AM'],
  [49, 'AX'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (index, letters) => expect(columnLetters(index)).toBe(letters));

describe('a cell', () => {
  it('of text is inline text, with its spaces', () =>
    expect(cellXml('B2', ' 00123 ')).toBe('<c r="B2" t="inlineStr"><is><t xml:space="preserve"> 00123 </t></is></c>'));
  it('of a number is a number, to the cent', () => expect(cellXml('C3', 188.76)).toBe('<c r="C3"><v>188.76</v></c>'));
  it('of true or false is a boolean', () => expect(cellXml('D4', false)).toBe('<c r="D4" t="b"><v>0</v></c>'));
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
