import { useState } from 'react';
import { useAddress } from '../address.ts';
import { useCompany } from '../company.ts';
import { Button } from '../parts.tsx';

const MOST = 12;

interface SavedFiltersProps {
  /** The name under which this browser keeps them, for each company. */
  readonly list: string;
  /** The parts of the address that a saved filter keeps. */
  readonly parts: readonly string[];
}

type Saved = Readonly<Record<string, string>>;

/** Filters that a person keeps in this browser, per company: a filter is an address, and holds no record. */
export function SavedFilters({ list, parts: kept }: SavedFiltersProps) {
  const { id: company } = useCompany();
  const [address, setAddress] = useAddress();
  const place = `ledgerpost.${list}.${company}`;
  const [saved, setSaved] = useState<Saved>(() => read(place));
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const now = new URLSearchParams(kept.flatMap((part) => (address.get(part) ? [[part, address.get(part)!]] : []))).toString();
  const chosen = Object.keys(saved).find((one) => saved[one] === now);
  const keep = (next: Saved) => {
    setSaved(next);
    // A browser that keeps nothing still filters.
    try {
      localStorage.setItem(place, JSON.stringify(next));
    } catch {}
  };
  if (Object.keys(saved).length === 0 && now === '') return null;
  return (
    <div className="filters saved-filters">
      {Object.keys(saved).length > 0 && (
        <label>
          Saved filter
          <select
            value={chosen ?? ''}
            onChange={({ target }) => {
              const parts = new URLSearchParams(saved[target.value] ?? '');
              setAddress(Object.fromEntries(kept.map((part) => [part, parts.get(part) ?? undefined])));
            }}
          >
            <option value="">{now === '' ? 'Everything' : 'Not saved'}</option>
            {Object.keys(saved).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
      {chosen !== undefined && (
        <Button
          kind="quiet"
          onPress={() => keep(Object.fromEntries(Object.entries(saved).filter(([one]) => one !== chosen)))}
        >{`Forget “${chosen}”`}</Button>
      )}
      {now !== '' && chosen === undefined && !naming && (
        <Button kind="quiet" onPress={() => setNaming(true)}>
          Save this filter …
        </Button>
      )}
      {naming && (
        <form
          className="row-actions"
          onSubmit={(event) => {
            event.preventDefault();
            keep(
              Object.fromEntries(
                [[name.trim(), now], ...Object.entries(saved).filter(([one]) => one !== name.trim())].slice(0, MOST),
              ),
            );
            setNaming(false);
            setName('');
          }}
        >
          <label>
            Name of the filter
            {/* The button that opened this has gone, and the person goes on here. */}
            {/* biome-ignore lint/a11y/noAutofocus: see above */}
            <input autoFocus required maxLength={40} value={name} onChange={({ target }) => setName(target.value)} />
          </label>
          <Button type="submit" isDisabled={name.trim() === ''}>
            Save the filter
          </Button>
        </form>
      )}
    </div>
  );
}

function read(place: string): Saved {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    return Object.fromEntries(Object.entries(kept ?? {}).filter(([, value]) => typeof value === 'string')) as Saved;
  } catch {
    return {};
  }
}
