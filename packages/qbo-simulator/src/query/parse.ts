import { faults } from '../faults.ts';
import { lex, type Token } from './lex.ts';

export interface Condition {
  readonly member: string;
  readonly operator: '=' | '<' | '>' | '<=' | '>=' | 'IN' | 'LIKE';
  readonly values: readonly string[];
}

export interface Query {
  readonly columns: 'all' | 'count' | readonly string[];
  readonly entity: string;
  readonly conditions: readonly Condition[];
  readonly order: readonly { member: string; descending: boolean }[];
  /** Counted from 1. */
  readonly start: number;
  readonly most: number;
}

/** Reads `SELECT … FROM … [WHERE … AND …] [ORDERBY …] [STARTPOSITION n] [MAXRESULTS n]`. Faults 4000 and 4001. */
export function parse(query: string): Query {
  const tokens = lex(query);
  let at = 0;
  const peek = (): Token => tokens[at] as Token;
  const take = (): Token => tokens[at++] as Token;
  const is = (word: string) => peek().sort !== 'text' && peek().value.toUpperCase() === word;
  const refuse = (expected: string): never => {
    throw faults.queryUnparsable(peek().value, peek().column, expected);
  };
  const expect = (word: string) => (is(word) ? take() : refuse(`"${word.toLowerCase()}" ...`));
  const word = (): string => (peek().sort === 'word' ? take().value : refuse('<IDENTIFIER> ...'));
  const literal = (): string => {
    const token = peek();
    if (token.sort === 'text' || token.sort === 'number') return take().value;
    if (token.sort === 'word' && /^(true|false)$/i.test(token.value)) return take().value.toLowerCase();
    return refuse('<STRING> ...');
  };

  const columns = (): Query['columns'] => {
    if (is('*')) {
      take();
      return 'all';
    }
    if (is('COUNT')) {
      take();
      expect('(');
      expect('*');
      expect(')');
      return 'count';
    }
    const names = [column()];
    while (is(',')) {
      take();
      names.push(column());
    }
    return names;
  };
  // `Line.*` is written by some clients.
  const column = (): string => {
    const name = word();
    if (!name.endsWith('.')) return name;
    expect('*');
    return name.slice(0, -1);
  };
  const condition = (): Condition => {
    const member = word();
    if (is('IN')) {
      take();
      expect('(');
      const values = [literal()];
      while (is(',')) {
        take();
        values.push(literal());
      }
      expect(')');
      return { member, operator: 'IN', values };
    }
    if (is('LIKE')) {
      take();
      return { member, operator: 'LIKE', values: [literal()] };
    }
    const operator = peek().value;
    if (!['=', '<', '>', '<=', '>='].includes(operator)) return refuse('"=" ...');
    take();
    return { member, operator: operator as Condition['operator'], values: [literal()] };
  };
  const whole = (): number =>
    peek().sort === 'number' && !peek().value.includes('.') ? Number(take().value) : refuse('<NUMBER> ...');

  expect('SELECT');
  const selected = columns();
  expect('FROM');
  const entity = word();
  const conditions: Condition[] = [];
  if (is('WHERE')) {
    take();
    conditions.push(condition());
    while (is('AND')) {
      take();
      conditions.push(condition());
    }
  }
  const order: { member: string; descending: boolean }[] = [];
  if (is('ORDERBY') || is('ORDER')) {
    if (take().value.toUpperCase() === 'ORDER') expect('BY');
    for (;;) {
      const member = word();
      const descending = is('DESC');
      if (descending || is('ASC')) take();
      order.push({ member, descending });
      if (!is(',')) break;
      take();
    }
  }
  let start = 1;
  let most = 100;
  while (is('STARTPOSITION') || is('MAXRESULTS')) {
    const which = take().value.toUpperCase();
    const number = whole();
    if (number < 1) throw faults.queryInvalid(`value ${number} is too small. Min allowed value is 1`);
    if (which === 'STARTPOSITION') start = number;
    else if (number > 1000) throw faults.queryInvalid(`value ${number} is too large. Max allowed value is 1000`);
    else most = number;
  }
  if (peek().sort !== 'end') refuse('<EOF> ...');
  return { columns: selected, entity, conditions, order, start, most };
}
