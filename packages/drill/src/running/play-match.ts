import type { Step } from '../story/steps.ts';
import type { Stage } from './stage.ts';

type Match = Extract<Step, { readonly do: 'match' }>;

/** Somebody says on the page Matching who a customer of ours is in the books. It counts for documents of later batches. */
export async function playMatch(stage: Stage, { customer, is }: Match): Promise<void> {
  const key = customer.replace('customer/', '');
  const path = `${stage.path}/targets/qbo/matching`;
  let to: string | undefined;
  if (is === 'one of theirs') {
    const record = { DisplayName: `Known to the accountant ${stage.hands.own.size + 1}` };
    to = String(stage.books.act({ act: 'create', entity: 'Customer', record }).Id);
    stage.hands.own.add(`Customer:${to}`);
    const list = await stage.askConnected<{ code?: string }>('POST', `${path}:refresh`);
    if (list.status >= 300) throw new Error(`The list of names was refused with ${list.status}: ${JSON.stringify(list.body)}`);
  }
  const url = `${path}/customer/${key}`;
  const answer =
    is === 'undecided'
      ? await stage.stack.call<{ code?: string }>('DELETE', url)
      : await stage.stack.call<{ code?: string }>('PUT', url, {
          ...(is === 'one of theirs' ? { externalId: to } : is === 'same' ? { same: 'c-0' } : { another: true }),
        });
  stage.note(
    `   ${key} is ${is}${to === undefined ? '' : ` (${to})`}${answer.status < 300 ? '' : `: refused (${answer.body.code})`}`,
  );
  stage.tally.count('matched', answer.status < 300 ? is : `${is} refused: ${answer.body.code}`);
  // A customer without documents can't be matched, and none is the same as itself.
  if (answer.status >= 300) return stage.expectRefusal(answer, answer.status === 404 ? 'not-found' : 'bad-request');
  stage.hands.words.set(key, { is, since: stage.batches.length, ...(to === undefined ? {} : { to }) });
}
