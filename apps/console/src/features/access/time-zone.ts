import { useCompanyIfAny } from '../../ui/company.ts';

/** The company's time zone, or the browser's where no company is open. */
export function useTimeZone(): string {
  return useCompanyIfAny()?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
