import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { chartQuery } from '../../api/queries.ts';
import type { components } from '../../api/schema.d.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, SmallTable, Trouble } from '../../ui/parts.tsx';
import { counted, number } from '../../ui/words.ts';
import { namesFor, useChoicesFor } from './chart-choices.tsx';
import type { Value } from './schema-field.tsx';

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
  departments: 'Department',
};

interface FoundNamesProps {
  readonly target: string;
  /** The whole form. */
  readonly value: Value;
  onChange(value: Value): void;
  readonly readOnly: boolean;
}

type Members = Readonly<Record<string, Value>>;

/**
 * What the open records ask the settings to map, with counts and an example, and beside each a pick list of the books' names. A
 * name that the books have is used as it is; else an equal one is suggested.
 */
export function FoundNames({ target, value, onChange, readOnly }: FoundNamesProps) {
  const { id: company } = useCompany();
  const found = useQuery(foundQuery(company, target));
  const chart = useQuery(chartQuery(company, target)).data;
  if (found.data === undefined) return <Trouble error={found.error} />;
  if (found.data.length === 0) return null;
  const members = (value ?? {}) as Readonly<Record<string, Members | undefined>>;
  const chosen = ({ kind, name }: Found) => members[kind]?.[name] as string | undefined;
  const names = (kind: Found['kind']) =>
    chart?.known === true ? (namesFor(kind, chart) ?? namesFor(`${kind}.default`, chart) ?? []) : undefined;
  const goesTo = (one: Found) => (one.kind === 'classes' ? one.name : (chosen(one) ?? one.name)).trim().toLowerCase();
  const isThere = (one: Found) => names(one.kind)?.some((name) => name.toLowerCase() === goesTo(one));
  const choose = ({ kind, name }: Found, to: string) => {
    const { [name]: _, ...others } = members[kind] ?? {};
    onChange({ ...members, [kind]: to === '' ? others : { ...others, [name]: to } });
  };
  const missing = found.data.filter((one) => isThere(one) === false).length;
  return (
    <section aria-label="Mapping" className="stack">
      <SmallTable
        sorts
        caption={`Found in records: ${counted(found.data.length, 'name')}${missing > 0 ? `, ${number(missing)} not in the books yet` : ''}`}
        heads={['Name', 'Is a', 'Records', 'Example', 'In the books']}
        numbers={['Records']}
        named
        rows={found.data.map((one) => [
          one.name,
          KINDS[one.kind],
          number(one.records),
          one.example,
          <MapTo
            key="to"
            found={one}
            to={chosen(one)}
            missing={isThere(one) === false}
            suggested={isThere(one) === false ? equalName(one.name, names(one.kind) ?? []) : undefined}
            readOnly={readOnly || one.kind === 'classes'}
            onChoose={(to) => choose(one, to)}
          />,
        ])}
      />
    </section>
  );
}

interface MapToProps {
  readonly found: Found;
  readonly to: string | undefined;
  readonly missing: boolean;
  readonly suggested: string | undefined;
  readonly readOnly: boolean;
  onChoose(to: string): void;
}

function MapTo({ found, to, missing, suggested, readOnly, onChoose }: MapToProps) {
  const list = useChoicesFor(`${found.kind}.${found.name}`);
  return (
    <span className="map-to">
      {readOnly ? (
        (to ?? found.name)
      ) : (
        <input
          aria-label={`${KINDS[found.kind]} ${found.name} in the books`}
          list={list}
          placeholder={found.name}
          value={to ?? ''}
          onChange={({ target }) => onChoose(target.value)}
        />
      )}
      {missing && <Badge tone="warn">Not there</Badge>}
      {suggested !== undefined && !readOnly && (
        <Button kind="quiet" onPress={() => onChoose(suggested)}>
          Use “{suggested}”
        </Button>
      )}
    </span>
  );
}

/** The name of the books that is equal but for case, blanks and signs, alone or as the last part of an account's path. */
export function equalName(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('&', 'and')
      .replace(/[^\p{L}\p{N}]+/gu, '');
  const wanted = plain(name);
  if (wanted === '') return undefined;
  const equal = names.filter((one) => plain(one) === wanted || plain(one.split(':').at(-1)!) === wanted);
  return equal.length === 1 ? equal[0] : undefined;
}
