import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@ledgerpost/devstack';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../story/themes.ts';
import { PLANTED, planted } from './faults.ts';

describe('planted faults', () => {
  it.each(Object.keys(PLANTED))('%s: the product has the text that it changes, and the drill has its themes', (name) => {
    const fault = PLANTED[name]!;
    for (const { file } of fault.edits) {
      const source = readFileSync(join(projectRoot, file), 'utf8');
      expect(planted(fault, file, source)).not.toBe(source);
    }
    expect(fault.themes.filter((theme) => !THEMES.includes(theme))).toEqual([]);
  });

  it('are refused where the product changed', () => {
    const fault = { edits: [{ file: 'a.ts', from: 'one', to: 'two' }], themes: [] };
    expect(planted(fault, 'a.ts', 'just one')).toBe('just two');
    expect(planted(fault, 'b.ts', 'nothing of it')).toBe('nothing of it');
    expect(() => planted(fault, 'a.ts', 'one and one')).toThrow('2 times');
  });
});
