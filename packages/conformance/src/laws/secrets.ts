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
    const output: Output = [];
    const context = witnessed(contextOf(subject), secrets, output);
    demand(exportable(subject).length > 0, 'There is no document to try.');
    pure(subject, output);
    if (subject.target.delivery.by === 'push') await pushing(subject, context, output);
    else await asking(subject, context, output);
    demand(
      secrets.size > 0,
      'No secret was used. Give the settings a secret, and the context an access that the target asks for.',
    );
    for (const { where, what } of output) {
      for (const [name, secret] of secrets) {
        expect(!textOf(what).includes(secret), `The secret ${name} is in ${where}. It would be stored, logged or shown.`);
      }
    }
  },
};

type Output = { readonly where: string; readonly what: unknown }[];

/** Shorter secrets may be in a text by chance. */
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

/** Everything that is stored without leaving the process. */
function pure(subject: Subject, output: Output): void {
  const { target, settings, chart } = subject;
  for (const document of [...exportable(subject), ...oddDocuments()]) {
    const problems = target.validate(document, chart, settings);
    output.push({ where: 'a problem', what: problems });
    if (!stops(problems)) output.push({ where: 'a payload', what: attempt(() => target.export(document, chart, settings)) });
    if (target.undo.by === 'hand') output.push({ where: 'an instruction', what: target.undo.instruction(document) });
  }
}

async function asking(subject: Subject, context: TargetContext, output: Output): Promise<void> {
  const { target, settings } = subject;
  const session = target.open(settings, context);
  const { chart } = target;
  await record(output, 'the identity', () => target.check(session));
  if (chart.by === 'discovered') await record(output, 'the chart', () => chart.discover(session));
}

async function pushing(subject: Subject, context: TargetContext, output: Output): Promise<void> {
  const { target, given } = subject;
  await asking(subject, context, output);
  const documents = inserts(subject);
  const books = await openBooks(subject, context);
  const needs = documents.flatMap((document) => pushOf(target).needs(document, subject.chart, subject.settings));
  output.push({ where: 'a name that is needed', what: needs });
  await record(output, 'an outcome for a name', () => pushOf(target).find(books.session, needs));
  const refused = given.refused;
  const [first, second, ...others] = documents;
  if (refused !== undefined && first !== undefined && second !== undefined) {
    for (const call of await books.callsFor([refused(first), second, ...others]))
      await record(output, 'an outcome', () => books.push(call));
  }
  const posted = await books.post(inserts(subject));
  output.push({ where: 'a receipt', what: posted });
  const { readback, undo } = target;
  if (readback.by === 'target') await record(output, 'what was read back', () => readback.read(books.session, posted));
  if (undo.by === 'target') await record(output, 'the outcome of an undo', () => undo.takeBack(books.session, posted));
  await failing(subject, context, output);
}

/** Errors quote their causes: requests with their headers, addresses with their keys. */
async function failing(subject: Subject, context: TargetContext, output: Output): Promise<void> {
  const { given } = subject;
  const books = await openBooks(subject, context);
  const calls = await books.callsFor(inserts(subject));
  const troubles: readonly Trouble[] = ['lost-reply', 'throttled', 'access-lost'];
  for (const kind of given.trouble === undefined ? [] : troubles) {
    await record(output, 'an error', () => given.trouble!(kind, () => books.push(calls[0]!)));
  }
  const chatty: typeof fetch = async (input, init) => {
    throw new Error(`Could not send ${inspect({ input, init }, { depth: 8 })}`);
  };
  const { target, settings } = subject;
  const session = target.open(settings, { ...context, fetch: chatty });
  await record(output, 'an error', () => target.check(session));
  await record(output, 'an error', () => pushOf(target).push(session, calls[0]!));
}

function witnessed(context: TargetContext, secrets: Map<string, string>, output: Output): TargetContext {
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
      output.push({ where: 'a log line', what: { message, facts } });
      context.log(level, message, facts);
    },
    trace(id) {
      output.push({ where: 'a trace', what: id });
      context.trace?.(id);
    },
  };
}

async function record(output: Output, where: string, run: () => Promise<unknown>): Promise<void> {
  const outcome = await run().then(
    (what) => ({ where, what }),
    (thrown: unknown) => ({ where: 'an error', what: thrown }),
  );
  output.push(outcome);
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

/** Includes what hides in errors: their stacks and causes. */
function textOf(what: unknown): string {
  return typeof what === 'string'
    ? what
    : inspect(what, { depth: 20, maxArrayLength: 1000, maxStringLength: 100_000, breakLength: Number.POSITIVE_INFINITY });
}
