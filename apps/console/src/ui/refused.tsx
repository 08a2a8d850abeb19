import { Link } from 'wouter';
import { ApiProblem } from '../api/client.ts';
import { Note } from './parts.tsx';

/** A refusal of the API with the way out of it, where there is one. */
export function Refused({ error }: { readonly error: Error }) {
  const problem = error instanceof ApiProblem ? error : undefined;
  // `batch-open` names the batch in progress, `not-undoable` the newer batch that has to be undone first.
  const batch = problem?.details.batch as { id: string; name?: string } | undefined;
  const unconnected = problem?.code === 'not-connected' || problem?.code === 'access-lost';
  return (
    <Note tone="bad">
      <p>{error.message}</p>
      {batch !== undefined && (
        <p>
          <Link href={`/batches/${batch.id}`}>{batch.name === undefined ? 'Open that batch' : `Open “${batch.name}”`}</Link>
        </p>
      )}
      {unconnected && (
        <p>
          <Link href="/books">Go to the connection</Link>
        </p>
      )}
    </Note>
  );
}
