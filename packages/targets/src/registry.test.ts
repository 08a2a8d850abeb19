import type { AnyTarget } from '@ledgerpost/core';
import { saasant } from '@ledgerpost/saasant-plugin';
import { describe, expect, it } from 'vitest';
import own from '../package.json' with { type: 'json' };
import { installed } from './installed.ts';
import { registry } from './registry.ts';
import { TARGETS } from './targets.ts';

const sound: AnyTarget = saasant;
const named = (id: string): AnyTarget => ({ ...sound, id });

describe('the installed targets', () => {
  it('are those of the plugins that the package depends on', () => {
    const plugins = Object.keys(own.dependencies).filter((name) => name.endsWith('-plugin'));
    expect(TARGETS).toHaveLength(plugins.length);
    expect(TARGETS).toContain(saasant);
  });
  it('can’t be added to while running', () => expect(() => (TARGETS as AnyTarget[]).push(sound)).toThrow(TypeError));
});

it('a plugin that exports no target is named, with what to do', async () => {
  const load = async (name: string) => (name === 'good-plugin' ? { target: sound } : {});
  await expect(installed(['good-plugin', 'empty-plugin'], load)).rejects.toThrow(
    /No target is exported by empty-plugin\. .* under the name "target"/,
  );
});

describe('a list of targets', () => {
  it('is refused with a target of another contract, by name and with what to do', () => {
    const old = { ...named('old'), contract: 0 as never };
    expect(() => registry([old])).toThrow(
      /Target "old" was built for contract 0; this installation has contract 2\. Install a release of its package that was built for contract 2/,
    );
  });
  it('shows the author of a target for contract 1 the page with what to change', () => {
    expect(() => registry([{ ...named('first'), contract: 1 as never }])).toThrow('docs/guides/from-1-to-2.md describes what');
  });
  it('is refused with a target of a later contract, which a newer Ledgerpost would accept', () => {
    const later = { ...named('later'), contract: 3 as never };
    expect(() => registry([later])).toThrow(/"later" was built for contract 3; .* or update Ledgerpost/);
  });
  it('is refused with a value that is no target', () => {
    expect(() => registry([{ id: 'plain' } as AnyTarget])).toThrow(/"plain" was built for contract undefined/);
  });
  it('is refused with two targets of one id', () => {
    expect(() => registry([sound, named('saasant')])).toThrow(/2 targets have the id "saasant"/);
  });
  it.each(['Qbo', 'my_target', '', '1st', 'a--b'])('is refused with the id "%s"', (id) => {
    expect(() => registry([named(id)])).toThrow('is not kebab-case');
  });
  it('names all that is wrong at once', () => {
    const fault = () => registry([named('X'), named('X')]);
    expect(fault).toThrow('not kebab-case');
    expect(fault).toThrow('2 targets have the id');
  });
});
