import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../api/client.ts';
import { tryQuery } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { useSettled } from '../../ui/use-settled.ts';
import { counted, number } from '../../ui/words.ts';
import { documentsIn, stayingIn } from '../unbatched/totals.ts';
import type { Value } from './schema-field.tsx';

/** Milliseconds without another change of the form before it is tried. */
const SETTLED = 600;

/** How many of the unbatched documents could be sent with the settings in the form, while a person fills it in. */
export function CouldGo({ target, value }: { readonly target: string; readonly value: Value }) {
  const { id: company } = useCompany();
  const settings = useSettled(JSON.stringify(value ?? {}), SETTLED);
  const { data, error, isFetching } = useQuery(tryQuery(company, target, settings));
  if (error instanceof ApiProblem && error.code === 'nothing-to-send') return null;
  const all = data === undefined ? 0 : documentsIn(data) + stayingIn(data);
  return (
    <p role="status" className="could-go">
      {isFetching
        ? 'Checking what could be sent with these settings …'
        : data === undefined || all === 0
          ? ''
          : `${number(documentsIn(data))} of ${counted(all, 'unbatched document')} could be sent with these settings.`}
    </p>
  );
}
