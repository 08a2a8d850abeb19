import { useEffect } from 'react';

/** Names the page, in the tab and to assistive technology. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Ledgerpost`;
  }, [title]);
}
