import type { ReactNode } from 'react';
import type { Cause, Target } from '../../api/queries.ts';
import { recordName } from '../../ui/words.ts';
import { CureLink } from '../unbatched/cure-link.tsx';
import { cureWords, documentsOf, meaningOf } from './cause-words.ts';

interface CauseListProps {
  readonly causes: readonly Cause[];
  readonly target: Target;
  /** What can be done about all documents of a cause at once. */
  readonly act?: ((cause: Cause) => ReactNode) | undefined;
}

/** Problems by cause: how many documents each one stops, what it means, who fixes it and where, and one of the documents. */
export function CauseList({ causes, target, act }: CauseListProps) {
  return (
    <ul className="problems causes">
      {causes.map((cause) => {
        const { code, severity, subject, example } = cause;
        return (
          <li key={`${code} ${severity} ${subject}`} className={severity}>
            <strong>{documentsOf(cause)}:</strong> {subject !== null && `“${subject}”. `}
            {meaningOf(code)} <CureLink problem={example} target={target} />
            <div className="aside">{cureWords(code)}</div>
            {act?.(cause)}
            <details>
              <summary>For example {nameOf(example)}</summary>
              {example.message}
            </details>
          </li>
        );
      })}
    </ul>
  );
}

const nameOf = ({ record, number }: Cause['example']) => `${recordName(record.type)} ${number || record.id}`;
