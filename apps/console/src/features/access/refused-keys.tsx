import { useQuery } from '@tanstack/react-query';
import { installationJournalQuery } from '../../api/queries.ts';
import { SmallTable } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';

/** Wrong keys, by address, newest first. Nothing where there were none. */
export function RefusedKeys() {
  const journal = useQuery(installationJournalQuery);
  const refused = (journal.data ?? []).filter(({ act }) => act === 'key.refused' || act === 'key.blocked');
  if (refused.length === 0) return null;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section className="stack">
      <h2>Wrong keys</h2>
      <p>Someone used a key that doesn’t exist or was revoked, in the console or from a program.</p>
      <SmallTable
        sorts
        caption="Wrong keys"
        heads={['When', 'Address', 'Result']}
        rows={refused.map(({ at, act, subject }) => [
          when(at, here),
          subject.replace(/^address\//, ''),
          act === 'key.blocked' ? 'Blocked for the rest of the minute' : 'Refused',
        ])}
      />
    </section>
  );
}
