import { describe, expect, it } from 'vitest';
import { type HeldName, indexNames } from './match-names.ts';

const held = (id: string, name: string, more: Partial<HeldName> = {}): HeldName => ({ id, name, active: true, ...more });

describe('a name of ours is', () => {
  it.each([
    ['the same name', 'Amy Bird', 'Amy Bird', 'name'],
    ['the same in other case', 'AMY bird', 'Amy Bird', 'name'],
    ['the same with extra blanks', '  Amy   Bird ', 'Amy Bird', 'name'],
    ['the same below its parents', 'amy : pool', 'Amy:Pool', 'name'],
    ['the same with a typographic quote', 'Amy’s “Pools”', 'Amy\'s "Pools"', 'spelling'],
    ['the same with a plain quote, where the books keep the typographic one', "Amy's", 'Amy’s', 'spelling'],
    ['the same with HTML’s entities', 'Warrior&#39;s Gym &amp; Spa', "Warrior's Gym & Spa", 'spelling'],
    ['the same where an earlier import left entities in the books', 'Tom & Jane', 'Tom &amp; Jane', 'spelling'],
    ['the same with “?” for what the books can’t store', 'Nguyễn Thị Hoa', 'Nguy?n Th? Hoa', 'spelling'],
  ])('%s', (_, ours, theirs, by) => {
    const index = indexNames([held('1', 'Somebody else'), held('2', theirs)]);
    expect(index.match(ours)).toMatchObject({ status: 'one', by, held: { id: '2' } });
  });

  it.each([
    ['another letter', 'Amy Bird', 'Amy Burd'],
    ['another accent', 'Zoë', 'Zoe'],
    ['another parent', 'Bill:Pool', 'Amy:Pool'],
    ['a part of it', 'Amy', 'Amy Bird'],
  ])('another name with %s', (_, ours, theirs) => {
    expect(indexNames([held('2', theirs)]).match(ours)).toEqual({ status: 'none' });
  });

  it('found by its exact name before any other spelling', () => {
    const index = indexNames([held('1', "Amy's"), held('2', 'Amy’s')]);
    expect(index.match('amy’s')).toMatchObject({ status: 'one', held: { id: '2' } });
  });

  it('left to a person where several spellings of it are in the books', () => {
    const index = indexNames([held('1', 'Tom &amp; Jane'), held('2', 'Tom &#38; Jane')]);
    expect(index.match('Tom & Jane')).toMatchObject({ status: 'several', held: [{ id: '1' }, { id: '2' }] });
  });

  it('the active one of several, and the inactive one only where no other is left', () => {
    const inactive = held('1', 'Amy', { active: false });
    expect(indexNames([inactive, held('2', 'AMY')]).match('amy')).toMatchObject({ status: 'one', held: { id: '2' } });
    expect(indexNames([inactive]).match('amy')).toMatchObject({ status: 'one', held: { id: '1', active: false } });
  });
});

describe('names that a person may have meant', () => {
  const index = indexNames([
    held('1', 'Jane Roe', { email: 'Jane@example.com', phone: '+1 (650) 555-0199' }),
    held('2', 'Janet Rowe'),
    held('3', 'Roe Plumbing'),
    held('4', 'Müller & Söhne'),
    held('5', 'Jane Roe (deleted)', { active: false }),
    held('6', 'Acme'),
  ]);
  const ids = (name: string, more = {}) => index.similar({ name, ...more }).map((one) => one.held.id);

  it('are the most alike first', () => {
    expect(ids('Jane Roe').slice(0, 2)).toEqual(['1', '5']);
    expect(ids('Roe, Jane')[0]).toBe('1');
    expect(ids('Mueller und Sohne')[0]).toBe('4');
    expect(ids('Jnae Roe')[0]).toBe('1');
    expect(ids('Zebra')).toEqual([]);
  });

  it('are also those with the same email address or phone number, under any name', () => {
    expect(index.similar({ name: 'J. R. Holdings', email: 'jane@EXAMPLE.com', phone: '650.555.0199' })[0]).toMatchObject({
      held: { id: '1' },
      same: ['email', 'phone'],
    });
    expect(ids('J. R. Holdings', { phone: '0199' })).toEqual([]);
  });

  it('are no more than wanted, in the same order every time', () => {
    const many = indexNames(Array.from({ length: 50 }, (_, at) => held(`${at}`.padStart(2, '0'), 'Jane Roe')));
    expect(many.similar({ name: 'Jane Roe' }, 3).map((one) => one.held.id)).toEqual(['00', '01', '02']);
  });
});
