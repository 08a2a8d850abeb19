import { useQuery } from '@tanstack/react-query';
import { quotasQuery } from '../../api/queries.ts';
import { SmallTable } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';

/** From this share on, the table says so in words. The alert for operators begins there too. */
const NEAR_END = 0.8;

/** Requests that targets count by the month, for the installation. Nothing where none was counted. */
export function QuotaUse() {
  const quotas = useQuery(quotasQuery);
  const rows = quotas.data ?? [];
  if (rows.length === 0) return null;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section className="stack">
      <h2>Requests this month</h2>
      <p>QuickBooks counts requests for all companies together. When the reads are used up, batches that need them go on hold.</p>
      <SmallTable
        sorts
        caption="Requests this month"
        heads={['Requests', 'Used', 'Limit', 'Today', 'Status']}
        numbers={['Used', 'Limit', 'Today']}
        rows={rows.map(({ name, environment, quota, used, today, perMonth, refusedSince }) => [
          `${name} ${quota}${environment === 'production' ? '' : ` (${environment})`}`,
          used.toLocaleString('en-US'),
          perMonth === null ? 'None' : perMonth.toLocaleString('en-US'),
          today.toLocaleString('en-US'),
          refusedSince !== null ? `Refused since ${when(refusedSince, here)}` : statusOf(used, perMonth),
        ])}
      />
      {rows.some(({ quota, companies }) => quota === 'reads' && companies.length > 0) && (
        <SmallTable
          sorts
          caption="Reads by company this month"
          heads={['Company', 'Reads']}
          numbers={['Reads']}
          rows={rows
            .filter(({ quota }) => quota === 'reads')
            .flatMap(({ companies }) => companies)
            .map(({ companyId, used }) => [companyId, used.toLocaleString('en-US')])}
        />
      )}
    </section>
  );
}

function statusOf(used: number, perMonth: number | null): string {
  if (perMonth === null) return '';
  if (used >= perMonth) return 'Used up';
  const share = `${Math.floor((used / perMonth) * 100)} %`;
  return used / perMonth >= NEAR_END ? `${share} used: nearly at the limit` : `${share} used`;
}
