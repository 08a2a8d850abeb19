import { Readable } from 'node:stream';
import { Refusal } from '@ledgerpost/core';
import {
  booksOf,
  decideMatching,
  type Match,
  type MatchingDecision,
  matchingPage,
  openMatcher,
  type Sql,
} from '@ledgerpost/store';
import { z } from 'zod';
import type { RouteDeps } from '../../deps.ts';
import { company, READERS } from '../../http/access.ts';
import type { App } from '../../http/app.ts';
import { errorAnswers, targetParams } from '../../views/views.ts';
import { attachment } from '../batches/batch-files.ts';
import { CSV_HEAD, type CsvDecision, type CsvFault, csvLine, readMatchingCsv } from './matching-csv.ts';
import { KINDS, type MatchingOf, matchingOf } from './matching-scope.ts';
import { matchKind } from './matching-views.ts';

const URL = '/v1/companies/:company/targets/:target/matching.csv';

/** Some 100,000 lines. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** How many bad lines an answer names. */
const NAMED = 200;

/** All of the matching as a file, for people who decide in a spreadsheet. */
export function matchingFileRoutes(app: App, { store, targets }: RouteDeps): void {
  app.get(
    URL,
    {
      config: { access: company(...READERS) },
      schema: {
        tags: ['matching'],
        summary: 'The matching as a CSV file',
        description:
          'One line for each customer, product and service of ours. The column `choice` has the id that it is linked to; PUT reads it back.',
        params: targetParams,
        querystring: z.strictObject({ kind: matchKind.optional().describe('Absent: both') }),
        response: {
          200: { description: 'The file, in UTF-8', content: { 'text/csv': { schema: z.string() } } },
          ...errorAnswers,
        },
      },
    },
    async (request, reply) => {
      const { scope } = await matchingOf(store, targets, request);
      const kinds = KINDS.filter((kind) => request.query.kind === undefined || request.query.kind === kind);
      async function* lines() {
        yield CSV_HEAD;
        for (const kind of kinds) {
          for (let after: string | undefined; ; ) {
            const page = await matchingPage(store.sql, { ...scope, kind, after, limit: 500 });
            yield page.rows.map((row) => csvLine(kind, row)).join('');
            after = page.next;
            if (after === undefined) break;
          }
        }
      }
      return reply
        .header('Content-Type', 'text/csv; charset=utf-8')
        .header('Content-Disposition', attachment(`${request.company.name} matching ${request.params.target}.csv`))
        .header('Cache-Control', 'no-store')
        .send(Readable.from(lines(), { objectMode: false }) as never);
    },
  );

  app.put(
    URL,
    {
      config: { access: company('admin') },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags: ['matching'],
        summary: 'Decide by a CSV file: all of its lines, or none',
        description:
          'The file that GET answers, with the column `choice` filled in: an id in the books, `create`, `another`, `same:KEY` or `undo`. A line without a choice changes nothing. `key` and `name` must be those of one of ours, so that a spreadsheet that changed them is noticed. If any line is wrong, nothing is changed, and `details.fields` names each.',
        params: targetParams,
        consumes: ['text/csv'],
        body: z.string(),
        response: {
          200: z.object({
            changed: z.number().int(),
            unchanged: z.number().int().describe('Lines whose choice was so already'),
            withoutChoice: z.number().int(),
          }),
          ...errorAnswers,
        },
      },
    },
    async (request) => {
      const matching = await matchingOf(store, targets, request);
      const { decisions, without, faults } = readMatchingCsv(request.body);
      const changed = await store.sql.begin((sql) => decideAll(sql, matching, decisions, faults, request.caller.actor));
      return { changed, unchanged: decisions.length - changed, withoutChoice: without };
    },
  );
}

/** @throws Refusal `bad-request` that names each bad line */
async function decideAll(
  sql: Sql,
  { scope }: MatchingOf,
  decisions: readonly CsvDecision[],
  unread: readonly CsvFault[],
  actor: string,
): Promise<number> {
  const faults = [...unread];
  const books = await booksOf(sql, scope);
  let changed = 0;
  for (const kind of KINDS) {
    const ours = decisions.filter((one) => one.kind === kind);
    if (ours.length === 0) continue;
    const matcher = await openMatcher(sql, books, { kind });
    const known = new Map(matcher.facts.ours.map((one) => [one.key, one]));
    const fitting = ours.filter(({ line, key, name, decision }) => {
      const one = known.get(key);
      const message = misfit(kind, key, name, one?.name);
      if (message !== undefined) faults.push({ line, message });
      return message === undefined && !isSo(matcher.match(one!), decision);
    });
    if (fitting.length === 0) continue;
    const made = fitting.map(({ decision }) => decision);
    try {
      changed += (await decideMatching(sql, { ...scope, kind, actor }, made)).changed.length;
    } catch (error) {
      faults.push(...faultsIn(error, fitting));
    }
  }
  if (faults.length > 0) throw refusalOf(faults);
  return changed;
}

/** The line came back as it went out. */
function isSo({ link, state }: Match, decision: MatchingDecision): boolean {
  return state === 'linked' && link?.toConfirm === false && 'externalId' in decision && decision.externalId === link.externalId;
}

/** The lines that a refusal is about. Nothing was written then. */
function faultsIn(error: unknown, decisions: readonly CsvDecision[]): readonly CsvFault[] {
  if (!(error instanceof Refusal)) throw error;
  const lineOf = new Map(decisions.map(({ key, line }) => [key, line]));
  const { refused } = error.details as { refused?: readonly { readonly key: string; readonly message: string }[] };
  const named = refused ?? [{ key: String(error.details.key), message: error.message }];
  const faults = named.flatMap(({ key, message }) => (lineOf.has(key) ? [{ line: lineOf.get(key)!, message }] : []));
  if (faults.length === 0) throw error;
  return faults;
}

function misfit(kind: string, key: string, name: string, ours: string | undefined): string | undefined {
  if (ours === undefined) return `The company has no ${kind} with the key “${key}”. Export the file again.`;
  if (ours.trim() === name) return undefined;
  return `The key “${key}” is “${ours}”, and the line has “${name}”. Export the file again: a spreadsheet may have changed the key, or the name is new.`;
}

function refusalOf(faults: readonly CsvFault[]): Refusal {
  const lines = faults.toSorted((a, b) => a.line - b.line);
  const [first] = lines;
  const more = lines.length === 1 ? '' : ` ${lines.length - 1} more ${lines.length === 2 ? 'line is' : 'lines are'} wrong.`;
  return new Refusal('bad-request', `Nothing was changed. Line ${first!.line}: ${first!.message}${more}`, {
    count: lines.length,
    fields: lines.slice(0, NAMED).map(({ line, message }) => ({ field: `line ${line}`, message })),
  });
}
