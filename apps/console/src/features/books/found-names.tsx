import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { chartQuery } from '../../api/queries.ts';
import type { components } from '../../api/schema.d.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, SmallTable, Trouble } from '../../ui/parts.tsx';
import { counted, number } from '../../ui/words.ts';

type Found = components['schemas']['FoundName'];

const foundQuery = (company: string, target: string) =>
  queryOptions({
    queryKey: [company, 'found', target],
    queryFn: async () => {
      const path = { company, target };
      return (await answerOf(api.GET('/v1/companies/{company}/targets/{target}/found', { params: { path } }))).rows;
    },
  });

const KINDS: Readonly<Record<Found['kind'], string>> = {
  categories: 'Category',
  taxCodes: 'Tax',
  paymentMethods: 'Payment method',
  terms: 'Terms',
  classes: 'Class',
};

/** What the open records ask the settings to map, with counts and an example, and where each goes now. */
export function FoundNames({ target }: { readonly target: string }) {
  const { id: company } = useCompany();
  const found = useQuery(foundQuery(company, target));
  const chart = useQuery(chartQuery(company, target)).data;
  if (found.data === undefined) return <Trouble error={found.error} />;
  if (found.data.length === 0) return null;
  const isThere = ({ kind, name, mappedTo }: Found) => {
    if (chart?.known !== true) return undefined;
    const lists = { ...chart, categories: chart.accounts };
    return lists[kind].some((one) => one.active && one.name.toLowerCase() === (mappedTo ?? name).trim().toLowerCase());
  };
  const missing = found.data.filter((one) => isThere(one) === false).length;
  return (
    <details open={missing > 0}>
      <summary>
        Found in records: {counted(found.data.length, 'name')}
        {missing > 0 && `, ${number(missing)} not in the books yet`}
      </summary>
      <SmallTable
        caption="Found in unbatched records"
        heads={['Name', 'Is a', 'Records', 'Example', 'In the books']}
        numbers={['Records']}
        named
        rows={found.data.map((one) => [
          one.name,
          KINDS[one.kind],
          number(one.records),
          one.example,
          <span key="to">
            {one.mappedTo ?? one.name} {isThere(one) === false && <Badge tone="warn">Not there</Badge>}
          </span>,
        ])}
      />
    </details>
  );
}
