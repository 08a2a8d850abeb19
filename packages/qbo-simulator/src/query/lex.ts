import { faults } from '../faults.ts';

/** A piece of a query with its place, counted from 1. */
export interface Token {
  readonly sort: 'word' | 'text' | 'number' | 'sign' | 'end';
  readonly value: string;
  readonly column: number;
}

/** Cuts a query into tokens: `\'` and `\\` are the escapes inside quotes. Characters outside Latin-1 are fault 4000. */
export function lex(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const character of query) {
    if (character.charCodeAt(0) > 255) {
      const place = query.indexOf(character);
      throw faults.queryUnreadable(character, place + 1, query.slice(Math.max(0, place - 20), place));
    }
  }
  while (at < query.length) {
    const rest = query.slice(at);
    const blank = /^\s+/.exec(rest)?.[0];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const column = at + 1;
    const text = /^'((?:[^'\\]|\\.)*)'/s.exec(rest);
    const number = /^-?\d+(\.\d+)?/.exec(rest);
    const word = /^[A-Za-z_][A-Za-z0-9_.]*/.exec(rest);
    const sign = /^(<=|>=|!=|[=<>(),*%])/.exec(rest);
    if (text !== null) tokens.push({ sort: 'text', value: (text[1] ?? '').replace(/\\(.)/gs, '$1'), column });
    else if (word !== null) tokens.push({ sort: 'word', value: word[0], column });
    else if (number !== null) tokens.push({ sort: 'number', value: number[0], column });
    else if (sign !== null) tokens.push({ sort: 'sign', value: sign[0], column });
    else throw faults.queryUnreadable(rest[0] ?? '', column, query.slice(Math.max(0, at - 20), at));
    at += (text ?? word ?? number ?? sign)?.[0].length ?? 1;
  }
  tokens.push({ sort: 'end', value: '<EOF>', column: query.length + 1 });
  return tokens;
}
