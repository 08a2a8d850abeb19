import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/** Names and values behind the question mark; a value that is undefined or empty leaves the address. */
export type AddressChanges = Readonly<Record<string, string | undefined>>;

/**
 * The part of the address behind its question mark: filters, the tab, the window that is open. Anyone who opens a shared
 * address sees the same screen. A change replaces the address, or is a step that the browser's back button undoes.
 */
export function useAddress(): [address: URLSearchParams, setAddress: (changes: AddressChanges, how?: 'step') => void] {
  const search = useSearch();
  const [place, go] = useLocation();
  const address = useMemo(() => new URLSearchParams(search), [search]);
  const setAddress = useCallback(
    (changes: AddressChanges, how?: 'step') => {
      // The browser's own, so that two changes at once are both kept.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
      }
      go(next.size === 0 ? place : `${place}?${next}`, { replace: how !== 'step' });
    },
    [go, place],
  );
  return [address, setAddress];
}
