import { createContext, useContext } from 'react';
import type { Company } from '../api/queries.ts';

/** The company whose screens are open; none on the sign-in page and the list of companies. */
export const CompanyContext = createContext<Company | undefined>(undefined);

export function useCompanyIfAny(): Company | undefined {
  return useContext(CompanyContext);
}

export function useCompany(): Company {
  const company = useContext(CompanyContext);
  if (company === undefined) throw new Error('No company is open here.');
  return company;
}
