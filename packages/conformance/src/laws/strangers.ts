import { type AnyTarget, numberOf } from '@ledgerpost/core';
import { look, openBooks } from '../books.ts';
import { demand, expect, type Law } from '../law.ts';
import { nameOf, sameJson } from '../subject.ts';
import { inserts } from './documents.ts';

const byPush = (target: AnyTarget) => target.delivery.by === 'push';

export const aStrangerIsNotOurs: Law = {
  id: 'a-stranger-is-not-ours',
  sentence:
    'somebody else’s document of the same number is not taken for ours, not even after a lost reply, and is never taken back',
  applies: byPush,
  async check(subject) {
    const { stranger } = subject.given;
    demand(
      stranger !== undefined,
      'Give the kit a way to enter somebody else’s document with the same number: the member `stranger`.',
    );
    for (const attempt of [1, 2]) {
      const books = await openBooks(subject);
      const documents = [...new Map(inserts(subject).map((document) => [document.kind, document])).values()];
      for (const call of await books.callsFor(documents)) {
        for (const item of call.items) {
          const document = documents.find(({ record }) => record.id === item.record.id)!;
          const theirs = await stranger(document);
          if (theirs === null) {
            expect(theirs === null, 'These books hold no number twice.');
            continue;
          }
          const before = await look(subject, theirs);
          demand(before !== undefined, `\`stranger\` answered ${theirs}, and \`look\` finds nothing there.`);
          const [outcome] = await books.push({
            ...call,
            requestId: `${call.requestId}-${item.seq}`.slice(-36),
            attempt,
            items: [item],
          });
          const ours = outcome !== undefined && 'receipt' in outcome ? outcome.receipt.externalId : undefined;
          expect(
            ours !== theirs,
            `${nameOf(document)} came back as ${String(outcome?.status)} with the id of somebody else’s document of the number ${numberOf(document)} and another amount. Ours is not in the books.`,
          );
          if (ours !== undefined) {
            const again = { ...call, requestId: `${call.requestId}-${item.seq}`.slice(-36), attempt: 3, round: 3, items: [item] };
            const [later] = await books.push(again);
            expect(
              later !== undefined && 'receipt' in later && later.receipt.externalId === ours,
              `${nameOf(document)} was sent again beside somebody else’s document of its number, and came back as ${String(later?.status)} with another id.`,
            );
          }
          const { undo } = subject.target;
          if (ours !== undefined && undo.by === 'target') await books.takeBack([books.standing(document)]);
          expect(
            sameJson(await look(subject, theirs), before),
            `Somebody else’s document of the number ${numberOf(document)} was changed or removed.`,
          );
        }
      }
    }
  },
};
