import { actInBooks } from '../books/person.ts';
import type { PersonAct } from '../story/steps.ts';
import { inDoubt, type Stage, stands } from './stage.ts';

/** A person acts in the books. */
export function playPerson(stage: Stage, act: PersonAct): void {
  const mayAct = !stage.isDrift || !('record' in act) || isOursFor(stage, act.record);
  if (mayAct && actInBooks(stage.books, stage.records, stage.hands, act)) stage.tally.count('person', act.act);
  else stage.note('   nothing to act on');
  rememberTouched(stage);
}

/** Whether the books are known to hold it: nobody knows what a document in doubt held before. */
function isOursFor({ batches }: Stage, key: string): boolean {
  const items = batches.flatMap(({ items: all }) => all.filter(({ record }) => `${record.type}/${record.id}` === key));
  return items.some(stands) && !items.some(inDoubt);
}

/** Keeps which items a document held when a person first changed it. */
function rememberTouched({ hands, batches }: Stage): void {
  for (const id of hands.touched.keys()) {
    if (hands.under.has(id)) continue;
    const under = batches.flatMap(({ id: batch, items }) =>
      items.filter((item) => item.externalId === id && stands(item)).map(({ seq }) => `${batch}/${seq}`),
    );
    hands.under.set(id, new Set(under));
  }
}
