import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type SwitchName, setSwitches, switches } from './switches.ts';

describe('switches', () => {
  it('the README lists every one with its grade, its default and its other choices', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, one] of Object.entries(switches)) {
      const [standard, ...others] = one.choices;
      expect(readme).toContain(
        `| \`${name}\` | \`${standard}\` | ${others.map((other) => `\`${other}\``).join(', ')} | ${one.grade} |`,
      );
    }
  });

  it('the README lists no other', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const listed = [...readme.matchAll(/^\| `(\w+)` \| `/gm)].map((found) => found[1] as SwitchName);
    expect(listed.sort()).toEqual((Object.keys(switches) as SwitchName[]).sort());
  });

  it('a choice that does not exist is refused, and so is a switch', () => {
    expect(() => setSwitches({ sparseLines: 'sideways' as never })).toThrow('append, replace');
    expect(() => setSwitches({ sausage: 'yes' } as never)).toThrow('no switch sausage');
  });
});
