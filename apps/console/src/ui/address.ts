import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

export type Said = Readonly<Record<string, string | undefined>>;

/**
 * What the address says behind its question mark: filters, the tab, the window that is open. So whoever is sent the
 * address sees the same. A change replaces the address, or is a step that the browser's back button undoes.
 */
export function useAddress(): [said: URLSearchParams, say: (changes: Said, how?: 'step') => void] {
  const search = useSearch();
  const [place, go] = useLocation();
  const said = useMemo(() => new URLSearchParams(search), [search]);
  const say = useCallback(
    (changes: Said, how?: 'step') => {
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
  return [said, say];
}
