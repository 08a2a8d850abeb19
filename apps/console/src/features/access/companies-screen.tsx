import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { companiesQuery } from '../../api/queries.ts';
import { type Session, useMay, useSession } from '../../api/session.ts';
import { Loading, Trouble } from '../../ui/parts.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { NewCompany } from './new-company.tsx';
import { QuotaUse } from './quota-use.tsx';
import { RefusedKeys } from './refused-keys.tsx';

/** The companies that the session may open: all of the installation, or those that the person belongs to. */
export function CompaniesScreen() {
  const { roles, companies } = useSession();
  return roles.length > 0 ? <AllCompanies /> : <OwnCompanies companies={companies} />;
}

function OwnCompanies({ companies }: { readonly companies: Session['companies'] }) {
  useTitle('Companies');
  return (
    <>
      <h1>Companies</h1>
      <ul className="cards">
        {companies.map(({ id, name, roles }) => (
          <li key={id} className="card">
            <h2>
              <Link href={`/c/${encodeURIComponent(id)}`}>{name}</Link>
            </h2>
            <p>You may: {roles.join(', ')}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function AllCompanies() {
  useTitle('Companies');
  const companies = useQuery(companiesQuery);
  const isAdmin = useMay();
  return (
    <>
      <h1>Companies</h1>
      <Trouble error={companies.error} />
      {companies.isPending && <Loading what="companies" />}
      {companies.data?.rows.length === 0 && (
        <p>There are no companies yet. {isAdmin ? 'Create the first one.' : 'An admin creates the first one.'}</p>
      )}
      <ul className="cards">
        {companies.data?.rows.map(({ id, name, currency, timeZone }) => (
          <li key={id} className="card">
            <h2>
              <Link href={`/c/${encodeURIComponent(id)}`}>{name}</Link>
            </h2>
            <p>
              {id} · {currency} · {timeZone}
            </p>
          </li>
        ))}
      </ul>
      {isAdmin && companies.data !== undefined && (
        <details open={companies.data.rows.length === 0}>
          <summary>New company</summary>
          <NewCompany />
        </details>
      )}
      {isAdmin && (
        <p>
          <Link href="/people">People and keys of the installation</Link>
        </p>
      )}
      <QuotaUse />
      <RefusedKeys />
    </>
  );
}
