import type { AnyTarget } from '@ledgerpost/core';
import { count, openBooks, pushOf, receiptOf } from '../books.ts';
import { demand, expect, type Law } from '../law.ts';
import { sameJson } from '../subject.ts';
import { inserts } from './documents.ts';

export const whatIsPendingIsAskedFor: Law = {
  id: 'what-is-pending-is-asked-for',
  sentence:
    'a document that the target works on keeps its ticket when it is sent again, ends in the books once, and can be asked for twice',
  applies: ({ delivery }: AnyTarget) => delivery.by === 'push' && delivery.poll !== undefined,
  async check(subject) {
    const delivery = pushOf(subject.target);
    const books = await openBooks(subject);
    const before = await count(subject);
    let items = 0;
    let pending = 0;
    for (const call of await books.callsFor(inserts(subject))) {
      items += call.items.length;
      const first = await books.send(call);
      const again = await books.send({ ...call, attempt: 2 });
      const tickets = first.flatMap((outcome, at) => (outcome.status === 'pending' ? [{ at, ticket: outcome.ticket }] : []));
      pending += tickets.length;
      for (const { at, ticket } of tickets) {
        expect(ticket.length >= 1 && ticket.length <= 200, `A ticket has ${ticket.length} characters. It has 1 to 200.`);
        const later = again[at]!;
        expect(
          later.status !== 'pending' || later.ticket === ticket,
          'The same call sent again has another ticket, so the document is posted twice.',
        );
      }
      const { expireKeys } = subject.given;
      const expires = delivery.keyLifetimeMs !== undefined && expireKeys !== undefined && tickets.length > 0;
      if (expires) {
        await expireKeys();
        const late = await books.send({ ...call, attempt: 3, keysExpired: true });
        for (const { at, ticket } of tickets) {
          const later = late[at]!;
          expect(
            later.status === 'existed' || (later.status === 'pending' && later.ticket === ticket),
            'Sent again while the target works on it, and after its keys expired, a document is posted a second time. Look for work under way too.',
          );
        }
      }
      const outcomes = await books.push({ ...call, attempt: 4, ...(expires ? { keysExpired: true } : {}) });
      const ids = outcomes.map((outcome) => receiptOf(outcome).externalId);
      if (tickets.length === 0) continue;
      const asked = await delivery.poll!(
        books.session,
        tickets.map(({ at, ticket }) => ({ ticket, item: call.items[at]!, references: call.references })),
      );
      expect(
        sameJson(
          asked.map((outcome) => receiptOf(outcome).externalId),
          tickets.map(({ at }) => ids[at]),
        ),
        'Asked again for a ticket that is done, it names another document. Answers get lost, and then it is asked again.',
      );
    }
    demand(pending > 0, 'The target has `poll`, and no document was pending. Leave `poll` out, or let the fake answer later.');
    const held = (await count(subject)) - before;
    expect(held === items, `${items} documents were sent, some of them twice, and the books hold ${held} of them.`);
  },
};

export const expiredKeysPostNothingTwice: Law = {
  id: 'expired-keys-post-nothing-twice',
  sentence: 'a call that is sent again after the vendor has forgotten its keys posts nothing twice',
  applies: ({ delivery }: AnyTarget) => delivery.by === 'push' && delivery.keyLifetimeMs !== undefined,
  async check(subject) {
    const { expireKeys } = subject.given;
    const delivery = pushOf(subject.target);
    demand(expireKeys !== undefined, 'Give the kit a way to let the vendor forget its keys: the member `expireKeys`.');
    expect(delivery.keyLifetimeMs! > 0, `\`keyLifetimeMs\` is ${delivery.keyLifetimeMs}. It is above zero.`);
    const books = await openBooks(subject);
    const before = await count(subject);
    const calls = await books.callsFor(inserts(subject));
    let items = 0;
    for (const call of calls) {
      items += call.items.length;
      const ids = (await books.push(call)).map((outcome) => receiptOf(outcome).externalId);
      await expireKeys();
      const again = await books.push({ ...call, attempt: 2, keysExpired: true });
      expect(
        sameJson(
          again.map((outcome) => receiptOf(outcome).externalId),
          ids,
        ),
        'After its keys had expired, a call that was sent again ended in other documents. Look first if `keysExpired` is set.',
      );
    }
    demand(items > 0, 'There is no document to push.');
    const held = (await count(subject)) - before;
    expect(
      held === items,
      `${items} documents were sent twice, the second time without keys, and the books hold ${held} of them.`,
    );
  },
};
