import { expect, it } from 'vitest';
import { decodeEntities } from './decode-entities.ts';

it.each([
  ['Warrior&#39;s Gym &amp; Spa', "Warrior's Gym & Spa"],
  ['Warrior&#x27;s Gym &#X26; Spa', "Warrior's Gym & Spa"],
  ['Zo&euml; &ndash; S&ouml;hne&hellip;', 'Zoë – Söhne…'],
  ['twice: &amp;amp; and &amp;#39;', "twice: & and '"],
  ['R&D; AT&T', 'R&D; AT&T'],
  ['&unknown; &#0; &#x1b; &#xd800; &#9999999;', '&unknown; &#0; &#x1b; &#xd800; &#9999999;'],
  ['plain', 'plain'],
  ['a&b;c', 'a&b;c'],
])('%s is %s', (encoded, plain) => {
  expect(decodeEntities(encoded)).toBe(plain);
});
