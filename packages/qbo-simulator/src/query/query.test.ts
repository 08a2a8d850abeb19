import { describe, expect, it } from 'vitest';
import { invoiceOf, openBench, paymentOf } from '../testing.ts';

describe('queries', () => {
  it.each([
    ['count', 'select count(*) from Customer', { totalCount: 3 }],
    ['nothing found', "select * from Customer where DisplayName = 'Nobody'", {}],
  ])('%s is answered as recorded', async (_, query, expected) => {
    await using bench = await openBench();
    for (const DisplayName of ["Amy's", 'Bo', 'Cy']) await bench.post('Customer', { DisplayName });
    const { body } = await bench.call('GET', `query?query=${encodeURIComponent(query)}`);
    expect(body.QueryResponse).toEqual(expected);
  });

  it.each([
    ["DisplayName = 'Amy\\'s Birds'", ["Amy's Birds"]],
    ["DisplayName = 'amy\\'s birds'", ["Amy's Birds"]],
    ["DisplayName IN ('Bo \\\\ Co', 'Cy')", ['Bo \\ Co', 'Cy']],
    ["DisplayName LIKE 'Am%'", ["Amy's Birds"]],
    ["DisplayName LIKE '%.%'", []],
    ["Balance > '5.00'", ['Cy']],
    ["Balance > 5 AND DisplayName = 'Cy'", ['Cy']],
    ["Id IN ('1', '3')", ["Amy's Birds", 'Cy']],
    ["MetaData.CreateTime > '2000-01-01'", ["Amy's Birds", 'Bo \\ Co', 'Cy']],
  ])('where %s finds %j', async (where, names) => {
    await using bench = await openBench();
    for (const DisplayName of ["Amy's Birds", 'Bo \\ Co', 'Cy']) await bench.post('Customer', { DisplayName });
    await bench.post('Invoice', invoiceOf('3', 10));
    expect((await bench.rows(`select * from Customer where ${where}`)).map((row) => row.DisplayName)).toEqual(names);
  });

  it.each([
    ['an unknown entity', 'select * from Custmoer', '4001', 'QueryValidationError: invalid context declaration: Custmoer'],
    ['an unknown property', "select * from Customer where Shoe = '1'", '4001', 'Property Shoe not found for Entity Customer'],
    ['UnappliedAmt', "select * from Payment where UnappliedAmt > '0'", '4001', "property 'UnappliedAmt' is not queryable"],
    ['PrivateNote', "select * from Invoice where PrivateNote = 'x'", '4001', 'is not queryable'],
    ['position 0', 'select * from Customer startposition 0', '4001', 'value 0 is too small. Min allowed value is 1'],
    ['1001 rows', 'select * from Customer maxresults 1001', '4001', 'too large'],
    ['OR', "select * from Customer where Id = '1' or Id = '2'", '4000', 'Encountered " <IDENTIFIER> "or'],
    ['!=', "select * from Customer where Id != '1'", '4000', 'QueryParserError'],
    ['a doubled quote', "select * from Customer where DisplayName = 'Amy''s'", '4000', 'QueryParserError'],
    ['a trailing backslash', "select * from Customer where DisplayName = 'Amy\\'", '4000', 'Lexical error'],
    ['a curly quote', "select * from Customer where DisplayName = 'Amy’s'", '4000', 'Encountered: "\\u2019" (8217)'],
    ['double quotes', 'select * from Customer where DisplayName = "Amy"', '4000', 'Lexical error'],
    ['a join', 'select * from Customer, Invoice', '4000', 'QueryParserError'],
  ])('%s is refused', async (_, query, code, detail) => {
    await using bench = await openBench();
    const { status, body } = await bench.call('GET', `query?query=${encodeURIComponent(query)}`);
    expect(status).toBe(400);
    expect(body.Fault.Error[0].code).toBe(code);
    expect(body.Fault.Error[0].Detail).toContain(detail);
  });

  it('case 28: more than 1,000 rows are read in pages', async () => {
    await using bench = await openBench();
    for (let number = 1; number <= 1005; number += 1)
      bench.company.act({ act: 'create', entity: 'Customer', record: { DisplayName: `C ${number}` } });
    expect(await bench.rows('select * from Customer')).toHaveLength(100);
    const first = await bench.rows('select * from Customer orderby Id startposition 1 maxresults 1000');
    const second = await bench.rows('select * from Customer order by Id asc maxresults 1000 startposition 1001');
    expect(new Set([...first, ...second].map((row) => row.Id)).size).toBe(1005);
  });

  it('a statement in the body of a POST is answered too', async () => {
    await using bench = await openBench();
    const { body } = await bench.call('POST', 'query', 'select count(*) from Account', { 'content-type': 'application/text' });
    expect(body.QueryResponse.totalCount).toBeGreaterThan(10);
  });

  it('chosen columns are returned alone, and sparse', async () => {
    await using bench = await openBench();
    const [row] = await bench.rows("select Id, Name from Account where Name = 'Checking'");
    expect(row).toEqual({ Id: '3', Name: 'Checking', domain: 'QBO', sparse: true });
  });

  it('references are compared by id', async () => {
    await using bench = await openBench();
    await bench.post('Customer', { DisplayName: 'C' });
    await bench.post('Payment', paymentOf('1', 10));
    expect(await bench.rows("select * from Payment where CustomerRef = '1'")).toHaveLength(1);
    expect(await bench.rows("select * from Payment where CustomerRef = '2'")).toHaveLength(0);
  });
});
