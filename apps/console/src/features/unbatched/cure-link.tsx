import { Link } from 'wouter';
import type { DocumentProblem, Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { cureOf } from './cure.ts';

interface CureLinkProps {
  readonly problem: Pick<DocumentProblem, 'code' | 'field'> & Partial<Pick<DocumentProblem, 'record'>>;
  readonly target: Target;
}

/** A link to where an admin fixes a problem; shown to admins. */
export function CureLink({ problem, target }: CureLinkProps) {
  const isAdmin = useMay();
  const cure = cureOf(problem, target);
  if (!isAdmin || cure === undefined) return null;
  return (
    <>
      {' '}
      <Link href={cure.address}>{cure.words}</Link>
    </>
  );
}
