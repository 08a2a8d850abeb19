import type { AnyTarget } from '@ledgerpost/core';
import { saasant } from '@ledgerpost/saasant-plugin';
import { describe, expect, it } from 'vitest';
import { registry } from './registry.ts';
import { TARGETS, targetById } from './targets.ts';

const sound: AnyTarget = saasant;
const named = (id: string): AnyTarget => ({ ...sound, id });

describe('the installed targets', () => {
  it('are found by their ids', () => {
    for (const target of TARGETS) expect(targetById(target.id)).toBe(target);
  });
  it('hold none that is not there', () => expect(targetById('abacus')).toBeUndefined());
  it('can’t be added to while running', () => expect(() => (TARGETS as AnyTarget[]).push(sound)).toThrow(TypeError));
});

describe('a list of targets', () => {
  it('is refused with a target of another contract, by name and with what to do', () => {
    const old = { ...named('old'), contract: 0 as never };
    expect(() => registry([old])).toThrow(
      /Target "old" was built for contract 0; this installation has contract 1\. Install the release/,
    );
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
