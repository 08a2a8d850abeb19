import { inspect } from 'node:util';
import { type AnyTarget, stops, type TargetContext } from '@ledgerpost/core';
import { contextOf, openBooks, pushOf } from '../books.ts';
import { formOf, membersOf } from '../form.ts';
import { demand, expect, type Law, type Subject, type Trouble } from '../law.ts';
import { oddDocuments } from '../sample-documents.ts';
import { exportable, inserts } from './documents.ts';

const bySecrets = (target: AnyTarget) =>
  target.access.by === 'oauth' || [...membersOf(formOf(target))].some(({ member }) => member.secret === true);

export const secretsStayInside: Law = {
  id: 'secrets-stay-inside',
  sentence: 'no secret is in a payload, a problem, a receipt, a log line or an error',
  applies: bySecrets,
  async check(subject) {
    const secrets = new Map(secretSettings(subject));
    const said: Said = [];
    const context = witnessed(contextOf(subject), secrets, said);
    demand(exportable(subject).length > 0, 'There is no document to try.');
    pure(subject, said);
    if (subject.target.delivery.by === 'push') await pushing(subject, context, said);
    else await asking(subject, context, said);
    demand(
      secrets.size > 0,
      'No secret came into play. Give the settings a secret, and the context an access that is asked for.',
    );
    for (const { where, what } of said) {
      for (const [name, secret] of secrets) {
        expect(!textOf(what).includes(secret), `The secret ${name} is in ${where}. It would be stored, logged or shown.`);
      }
    }
  },
};

type Said = { readonly where: string; readonly what: unknown }[];

/** Secrets shorter than this are in any text by chance. */
const SHORTEST = 6;

function* secretSettings({ target, settings }: Subject): Generator<[string, string]> {
  for (const { path, member } of membersOf(formOf(target))) {
    if (member.secret !== true) continue;
    let value: unknown = settings;
    for (const name of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
    const long = typeof value === 'string' && value.length >= SHORTEST;
    demand(long, `Give the secret ${path.join('.')} a value of ${SHORTEST} characters or more in the kit’s settings.`);
    yield [path.join('.'), value as string];
  }
}

/** Everything that never leaves the process by itself, and is stored. */
function pure(subject: Subject, said: Said): void {
  const { target, settings, chart } = subject;
  for (const document of [...exportable(subject), ...oddDocuments()]) {
    const problems = target.validate(document, chart, settings);
    said.push({ where: 'a problem', what: problems });
    if (!stops(problems)) said.push({ where: 'a payload', what: attempt(() => target.export(document, chart, settings)) });
    if (target.undo.by === 'hand') said.push({ where: 'an instruction', what: target.undo.instruction(document) });
  }
}

async function asking(subject: Subject, context: TargetContext, said: Said): Promise<void> {
  const { target, settings } = subject;
  const session = target.open(settings, context);
  const { chart } = target;
  await tell(said, 'the identity', () => target.check(session));
  if (chart.by === 'discovered') await tell(said, 'the chart', () => chart.discover(session));
}

async function pushing(subject: Subject, context: TargetContext, said: Said): Promise<void> {
  const { target, told } = subject;
  await asking(subject, context, said);
  const documents = inserts(subject);
  const books = await openBooks(subject, context);
  const needs = documents.flatMap((document) => pushOf(target).needs(document, subject.chart, subject.settings));
  said.push({ where: 'a name that is needed', what: needs });
  await tell(said, 'an outcome for a name', () => pushOf(target).find(books.session, needs));
  const refused = told.refused;
  const [first, second, ...others] = documents;
  if (refused !== undefined && first !== undefined && second !== undefined) {
    for (const call of await books.callsFor([refused(first), second, ...others]))
      await tell(said, 'an outcome', () => books.push(call));
  }
  const posted = await books.post(inserts(subject));
  said.push({ where: 'a receipt', what: posted });
  const { readback, undo } = target;
  if (readback.by === 'target') await tell(said, 'what was read back', () => readback.read(books.session, posted));
  if (undo.by === 'target') await tell(said, 'the outcome of an undo', () => undo.takeBack(books.session, posted));
  await failing(subject, context, said);
}

/** Errors quote what they were about: requests with their headers, addresses with their keys. */
async function failing(subject: Subject, context: TargetContext, said: Said): Promise<void> {
  const { told } = subject;
  const books = await openBooks(subject, context);
  const calls = await books.callsFor(inserts(subject));
  const troubles: readonly Trouble[] = ['lost-reply', 'throttled', 'access-lost'];
  for (const kind of told.trouble === undefined ? [] : troubles) {
    await tell(said, 'an error', () => told.trouble!(kind, () => books.push(calls[0]!)));
  }
  const chatty: typeof fetch = async (input, init) => {
    throw new Error(`Could not send ${inspect({ input, init }, { depth: 8 })}`);
  };
  const { target, settings } = subject;
  const session = target.open(settings, { ...context, fetch: chatty });
  await tell(said, 'an error', () => target.check(session));
  await tell(said, 'an error', () => pushOf(target).push(session, calls[0]!));
}

function witnessed(context: TargetContext, secrets: Map<string, string>, said: Said): TargetContext {
  const known = async (access: ReturnType<TargetContext['access']>) => {
    const given = await access;
    secrets.set('access token', given.token);
    return given;
  };
  return {
    ...context,
    access: () => known(context.access()),
    renew: (stale) => known(context.renew(stale)),
    log(level, message, facts) {
      said.push({ where: 'a log line', what: { message, facts } });
      context.log(level, message, facts);
    },
    trace(id) {
      said.push({ where: 'a trace', what: id });
      context.trace?.(id);
    },
  };
}

async function tell(said: Said, where: string, run: () => Promise<unknown>): Promise<void> {
  const outcome = await run().then(
    (what) => ({ where, what }),
    (thrown: unknown) => ({ where: 'an error', what: thrown }),
  );
  said.push(outcome);
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

/** With what hides in errors: their stacks and causes. */
function textOf(what: unknown): string {
  return typeof what === 'string'
    ? what
    : inspect(what, { depth: 20, maxArrayLength: 1000, maxStringLength: 100_000, breakLength: Number.POSITIVE_INFINITY });
}
