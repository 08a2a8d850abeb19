import { Link } from 'wouter';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { cureOf } from './cure.ts';

/** The way to where a problem is mended, for who may mend it there. */
export function CureLink({ code, target }: { readonly code: string; readonly target: Target }) {
  const isAdmin = useMay();
  const cure = cureOf(code, target);
  if (!isAdmin || cure === undefined) return null;
  return (
    <>
      {' '}
      <Link href={cure.address}>{cure.words}</Link>
    </>
  );
}
