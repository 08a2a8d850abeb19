import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, edited, projectRoot } from '@ledgerpost/devstack';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../story/themes.ts';
import { PLANTED } from './faults.ts';
import { HASTENED } from './hasten.ts';

/** Throws unless the product has each text exactly once. */
function expectInProduct(edits: readonly Edit[]): void {
  for (const { file } of edits) {
    const source = readFileSync(join(projectRoot, file), 'utf8');
    expect(edited(edits, file, source)).not.toBe(source);
  }
}

describe('planted faults', () => {
  it.each(Object.keys(PLANTED))('%s: the product has the text that it changes, and the drill has its themes', (name) => {
    const fault = PLANTED[name]!;
    expectInProduct(fault.edits);
    expect(fault.themes.filter((theme) => !THEMES.includes(theme))).toEqual([]);
  });

  it('are refused where the product changed', () => {
    const edits = [{ file: 'a.ts', from: 'one', to: 'two' }];
    expect(edited(edits, 'a.ts', 'just one')).toBe('just two');
    expect(edited(edits, 'b.ts', 'nothing of it')).toBe('nothing of it');
    expect(() => edited(edits, 'a.ts', 'one and one')).toThrow('2 times');
  });

  it('the waits that a drill may shorten are in the product, and their order stays', () => {
    expectInProduct(HASTENED);
    const numberIn = (text: string) => Number(/= ([\d_]+);/.exec(text)![1]!.replaceAll('_', ''));
    for (const { from, to } of HASTENED) expect(numberIn(from)).toBe(5 * numberIn(to));
  });
});
