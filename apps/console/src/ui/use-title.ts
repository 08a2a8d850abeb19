import { useEffect } from 'react';
import { useCompanyIfAny } from './company.ts';

/** Sets the page's title, for the tab and for screen readers: the screen and the company. */
export function useTitle(title: string): void {
  const company = useCompanyIfAny()?.name;
  useEffect(() => {
    document.title = [title, ...(company === undefined ? [] : [company]), 'Ledgerpost'].join(' · ');
  }, [title, company]);
}
