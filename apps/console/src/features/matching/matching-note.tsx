import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { matchingCountsQuery } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Note } from '../../ui/parts.tsx';
import { isUntouched, waitingWords } from './matching-words.ts';

/** Leads to the Matching page where someone waits for a person there, or where nobody has been there before the first batch. */
export function MatchingNote({ target }: { readonly target: Target }) {
  const { id: company } = useCompany();
  const { data: counts } = useQuery({ ...matchingCountsQuery(company, target.id), enabled: target.capabilities.matching });
  if (counts === null || counts === undefined) return null;
  const waiting = waitingWords(counts);
  const address = `/matching/${target.id}`;
  if (waiting !== undefined) {
    return (
      <Note tone="warn">
        {waiting} can’t be told apart in {target.name}. Their documents wait. <Link href={address}>Match them</Link>
      </Note>
    );
  }
  if (!isUntouched(counts)) return null;
  return (
    <Note tone="plain">
      Before the first batch, see which of your customers and services {target.name} has already.{' '}
      <Link href={address}>Open Matching</Link>
    </Note>
  );
}
