import { type Books, recordsOf } from '../books/books.ts';
import { metaTime } from '../clock.ts';
import { kindAt } from '../entities/kinds.ts';
import { faults } from '../faults.ts';

const lookBack = 30 * 86_400_000;

/** What has changed or been deleted since a time, by kind: at most 1,000 records in all, and 30 days back. */
export function changesSince(books: Books, entities: string, changedSince: string): Record<string, unknown>[] {
  const since = Date.parse(changedSince);
  if (entities === '') throw faults.missing('entities');
  if (Number.isNaN(since)) throw faults.missing('changedSince');
  if (books.clock.now() - since > lookBack) throw faults.queryInvalid('changedSince is more than 30 days ago');
  let room = 1000;
  return entities.split(',').map((name) => {
    const kind = kindAt(name.trim());
    if (kind === undefined) throw faults.queryInvalid(`invalid context declaration: ${name}`);
    const changed = recordsOf(books, kind.name)
      .filter((record) => (books.changedAt.get(`${kind.name}:${record.Id}`) ?? 0) >= since)
      .map((record) => kind.view(books, record) as Record<string, unknown>);
    const deleted = books.deletions
      .filter((one) => one.kind === kind.name && one.at >= since)
      .map((one) => ({ domain: 'QBO', status: 'Deleted', Id: one.id, MetaData: { LastUpdatedTime: metaTime(one.at) } }));
    const changes = [...changed, ...deleted].slice(0, room);
    room -= changes.length;
    return changes.length === 0 ? {} : { [kind.name]: changes, startPosition: 1, maxResults: changes.length };
  });
}
