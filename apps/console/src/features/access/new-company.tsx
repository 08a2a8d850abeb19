import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { companiesQuery } from '../../api/queries.ts';
import { Button } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';

/** What people choose from first; any other currency can be typed. */
const CURRENCIES = ['USD', 'CAD', 'GBP', 'EUR', 'AUD', 'NZD'];

/** The id that a name suggests: letters, digits and hyphens. */
export function idFrom(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[’'\p{M}]/gu, '')
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
}

/** Creates a company: name, time zone, currency. Its id is suggested, since it is in every address and never changes. */
export function NewCompany() {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const [typedId, setTypedId] = useState<string>();
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [currency, setCurrency] = useState('USD');
  const id = typedId ?? idFrom(name);
  const create = useMutation({
    mutationFn: () =>
      answerOf(
        api.PUT('/v1/companies/{company}', {
          params: { path: { company: id } },
          body: { name: name.trim(), timeZone, currency },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: companiesQuery.queryKey });
      go(`/c/${encodeURIComponent(id)}`);
    },
  });
  const taken = queries.getQueryData(companiesQuery.queryKey)?.rows.some((one) => one.id === id) === true;
  return (
    <form
      className="stack settings"
      aria-label="New company"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <div className="field">
        <label>
          Name
          <input required maxLength={200} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
      </div>
      <div className="field">
        <label>
          ID
          <input
            required
            maxLength={64}
            pattern="[A-Za-z0-9._\-]+"
            value={id}
            onChange={({ target }) => setTypedId(target.value)}
          />
        </label>
        <span className="aside">A short name for addresses. It never changes.</span>
      </div>
      {taken && <p className="wrong">A company has this ID already. Choose another.</p>}
      <div className="field">
        <label>
          Time zone
          <input required list="time-zones" value={timeZone} onChange={({ target }) => setTimeZone(target.value)} />
          <datalist id="time-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </label>
        <span className="aside">It decides which day a record belongs to.</span>
      </div>
      <div className="field">
        <label>
          Currency
          <input
            required
            list="currencies"
            maxLength={3}
            value={currency}
            onChange={({ target }) => setCurrency(target.value.toUpperCase())}
          />
          <datalist id="currencies">
            {CURRENCIES.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </label>
        <span className="aside">Currency and time zone can’t change once records exist.</span>
      </div>
      {create.isError && <Refused error={create.error} />}
      <Button kind="main" type="submit" isDisabled={create.isPending || taken}>
        Create the company
      </Button>
    </form>
  );
}
