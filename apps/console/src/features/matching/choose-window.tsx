import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { type BookName, bookNamesQuery, type MatchingRow, matchingQuery } from '../../api/matching-queries.ts';
import type { Target } from '../../api/queries.ts';
import { useCompany } from '../../ui/company.ts';
import { Field } from '../../ui/field.tsx';
import { Button, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { ShowMore, useRows } from '../../ui/tables/paged.tsx';
import { Window } from '../../ui/window.tsx';
import { kindName } from './matching-words.ts';
import type { Decision } from './use-decide.ts';

interface ChooseWindowProps {
  readonly target: Target;
  readonly row: MatchingRow;
  readonly error: Error | null;
  readonly isBusy: boolean;
  onDecide(decision: Decision): void;
  onClose(): void;
}

/** One question: what is this one of ours in the books? */
export function ChooseWindow({ target, row, error, isBusy, onDecide, onClose }: ChooseWindowProps) {
  const what = kindName(row.kind);
  const [amongOurs, showOurs] = useState(false);
  return (
    <Window title={`What is “${row.name}” in ${target.name}?`} open onClose={onClose} wide>
      <div className="stack">
        {error !== null && <Refused error={error} />}
        <Books target={target} row={row} isBusy={isBusy} onDecide={onDecide} />
        <div className="buttons">
          <Button isDisabled={isBusy} onPress={() => onDecide({ create: true })}>
            Create a new {what}
          </Button>
          {row.kind === 'customer' && (
            <Button isDisabled={isBusy} onPress={() => onDecide({ another: true })}>
              It’s someone else of the same name: create apart
            </Button>
          )}
          {(row.link !== null || row.wanted !== null) && (
            <Button kind="danger" isDisabled={isBusy} onPress={() => onDecide('undo')}>
              {row.link === null ? 'Take the decision back' : 'End the link'}
            </Button>
          )}
        </div>
        <details onToggle={({ currentTarget }) => showOurs(currentTarget.open)}>
          <summary>It is the same as another of yours</summary>
          {amongOurs && <Ours target={target} row={row} isBusy={isBusy} onDecide={onDecide} />}
        </details>
        <p className="aside">Posted documents stay where they are. Your choice counts for documents from now on.</p>
      </div>
    </Window>
  );
}

type PartProps = Pick<ChooseWindowProps, 'target' | 'row' | 'isBusy' | 'onDecide'>;

function Books({ target, row, isBusy, onDecide }: PartProps) {
  const { id: company } = useCompany();
  const [text, setText] = useState('');
  const q = useDeferredValue(text);
  const query = useInfiniteQuery(bookNamesQuery(company, target.id, { kind: row.kind, q }));
  const names = useRows(query);
  return (
    <>
      <Field
        type="search"
        label={`Search in ${target.name}`}
        placeholder="Part of the name"
        autoFocus
        value={text}
        onChange={setText}
        maxLength={200}
      />
      <Trouble error={query.error} />
      {q === '' && row.suggestions.length > 0 && (
        <p className="aside">Suggestions are beside the row. Type to search all names.</p>
      )}
      <ul className="choices" aria-label={`Names in ${target.name}`}>
        {names.map((name) => (
          <li key={name.externalId}>
            <Button
              isDisabled={isBusy || !name.active || name.externalId === row.link?.externalId}
              onPress={() => onDecide({ externalId: name.externalId })}
            >
              {name.name}
            </Button>{' '}
            <span className="aside">{factsOf(name, row)}</span>
          </li>
        ))}
      </ul>
      {query.data !== undefined && names.length === 0 && <p className="empty">No name in {target.name} contains that.</p>}
      <ShowMore query={query}>Show more names</ShowMore>
    </>
  );
}

function factsOf({ externalId, active, type, account, email, phone, linked }: BookName, row: MatchingRow): string {
  const own = externalId === row.link?.externalId;
  const facts = [
    `ID ${externalId}`,
    own ? 'linked now' : linked > 0 ? 'linked to another of yours' : null,
    active ? null : 'inactive',
    type,
    account,
    email,
    phone,
  ];
  return facts.filter((fact) => fact !== null && fact !== '').join(', ');
}

/** Two of ours that are one: both go to the same. */
function Ours({ target, row, isBusy, onDecide }: PartProps) {
  const { id: company } = useCompany();
  const [text, setText] = useState(row.name);
  const q = useDeferredValue(text);
  const query = useInfiniteQuery(matchingQuery(company, target.id, { kind: row.kind, q, sort: 'name' }));
  const others = useRows(query)
    .filter(({ key }) => key !== row.key)
    .slice(0, 20);
  return (
    <>
      <Field type="search" label="Search in yours" value={text} onChange={setText} maxLength={200} />
      <Trouble error={query.error} />
      <ul className="choices" aria-label="Yours">
        {others.map(({ key, name, link }) => (
          <li key={key}>
            <Button isDisabled={isBusy} onPress={() => onDecide({ same: key })}>
              {name}
            </Button>{' '}
            <span className="aside">
              {key}
              {link === null ? ', not linked yet' : `, linked to ${link.nameNow ?? link.name}`}
            </span>
          </li>
        ))}
      </ul>
      {query.data !== undefined && others.length === 0 && <p className="empty">None of yours contains that.</p>}
    </>
  );
}
