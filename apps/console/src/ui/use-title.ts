import { useEffect } from 'react';
import { useCompanyIfAny } from './company.ts';

/** Names the page, in the tab and to assistive technology: where one is, and in whose books. */
export function useTitle(title: string): void {
  const company = useCompanyIfAny()?.name;
  useEffect(() => {
    document.title = [title, ...(company === undefined ? [] : [company]), 'Ledgerpost'].join(' · ');
  }, [title, company]);
}
