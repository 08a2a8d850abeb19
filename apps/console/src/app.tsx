import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation, useParams } from 'wouter';
import { type Company, companiesQuery, companyQuery } from './api/queries.ts';
import { mayRead, rolesAt, SessionContext, sessionQuery, signOut, useMay, useSession } from './api/session.ts';
import { Downloads } from './features/downloads/downloads.tsx';
import { Toasts } from './features/downloads/toasts.tsx';
import { forgetDownloads } from './features/downloads/waiting.ts';
import { CompanyContext, useCompanyIfAny } from './ui/company.ts';
import { HelpLink } from './ui/help-link.tsx';
import { Button, Loading, Note, Trouble } from './ui/parts.tsx';
import { actorName } from './ui/show.ts';
import { useArrival } from './ui/use-arrival.ts';
import { useTitle } from './ui/use-title.ts';

/*
 * Each screen is a file of its own, loaded when it is first opened: the first screen comes fast, also on a phone.
 */
const SignInScreen = lazy(async () => ({ default: (await import('./features/access/sign-in-screen.tsx')).SignInScreen }));
const InvitationScreen = lazy(async () => ({
  default: (await import('./features/access/invitation-screen.tsx')).InvitationScreen,
}));
const CompaniesScreen = lazy(async () => ({ default: (await import('./features/access/companies-screen.tsx')).CompaniesScreen }));
const HomeScreen = lazy(async () => ({ default: (await import('./features/home/home-screen.tsx')).HomeScreen }));
const UnbatchedScreen = lazy(async () => ({
  default: (await import('./features/unbatched/unbatched-screen.tsx')).UnbatchedScreen,
}));
const BatchesScreen = lazy(async () => ({ default: (await import('./features/batches/batches-screen.tsx')).BatchesScreen }));
const BatchScreen = lazy(async () => ({ default: (await import('./features/batches/batch-screen.tsx')).BatchScreen }));
const ReportScreen = lazy(async () => ({ default: (await import('./features/report/report-screen.tsx')).ReportScreen }));
const Keys = lazy(async () => ({ default: (await import('./ui/keys.tsx')).Keys }));
const PeopleScreen = lazy(async () => ({ default: (await import('./features/access/people-screen.tsx')).PeopleScreen }));
const MatchingScreen = lazy(async () => ({ default: (await import('./features/matching/matching-screen.tsx')).MatchingScreen }));
const ImportScreen = lazy(async () => ({ default: (await import('./features/import/import-screen.tsx')).ImportScreen }));
const NoticesScreen = lazy(async () => ({ default: (await import('./features/notices/notices-screen.tsx')).NoticesScreen }));
const BooksScreen = lazy(async () => ({ default: (await import('./features/books/books-screen.tsx')).BooksScreen }));

export function App() {
  const session = useQuery(sessionQuery);
  const [place] = useLocation();
  if (session.isPending) return <Loading what="the console" />;
  if (session.isError) {
    return (
      <main className="page">
        <h1>Ledgerpost</h1>
        <Trouble error={session.error} />
        <Button onPress={() => session.refetch()}>Try again</Button>
      </main>
    );
  }
  if (session.data === null || place === '/invitation') {
    return (
      <Suspense fallback={<Loading what="the page" />}>
        {place === '/invitation' ? <InvitationScreen session={session.data} /> : <SignInScreen />}
      </Suspense>
    );
  }
  const { companyId } = session.data;
  return (
    <SessionContext value={session.data}>
      <Switch>
        <Route path="/">
          {companyId === null ? (
            <Frame>
              <CompaniesScreen />
            </Frame>
          ) : (
            <Redirect to={`/c/${companyId}`} />
          )}
        </Route>
        <Route path="/people">
          <Frame>
            <PeopleScreen />
          </Frame>
        </Route>
        <Route path="/c/:company" nest>
          <OfCompany />
        </Route>
        <Route>
          <Frame>
            <NotHere />
          </Frame>
        </Route>
      </Switch>
    </SessionContext>
  );
}

function OfCompany() {
  const { company: id } = useParams<{ company: string }>();
  const mayReadHere = mayRead(rolesAt(useSession(), id));
  const company = useQuery({ ...companyQuery(id), enabled: mayReadHere });
  if (!mayReadHere) {
    return (
      <Frame>
        <Note tone="warn">
          You have no access here, or can only send records. Ask an admin for the role viewer, poster, approver or admin.
        </Note>
      </Frame>
    );
  }
  if (company.isPending) return <Loading what="the company" />;
  if (company.isError) {
    return (
      <Frame>
        <Trouble error={company.error} />
      </Frame>
    );
  }
  return (
    <CompanyContext value={company.data}>
      <Frame>
        <Switch>
          <Route path="/" component={HomeScreen} />
          <Route path="/unbatched/:target?" component={UnbatchedScreen} />
          <Route path="/batches" component={BatchesScreen} />
          <Route path="/batches/:batch" component={BatchScreen} />
          <Route path="/batches/:batch/report" component={ReportScreen} />
          <Route path="/people" component={PeopleScreen} />
          <Route path="/notices" component={NoticesScreen} />
          <Route path="/matching/:target?" component={MatchingScreen} />
          <Route path="/import/:import?/:step?" component={ImportScreen} />
          <Route path="/books/:target?/:window?" component={BooksScreen} />
          <Route component={NotHere} />
        </Switch>
      </Frame>
    </CompanyContext>
  );
}

function Frame({ children }: { readonly children: React.ReactNode }) {
  const session = useSession();
  const queries = useQueryClient();
  const leave = () => {
    forgetDownloads();
    void signOut(queries);
  };
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="top">
        <Link href={session.companyId === null ? '~/' : `~/c/${session.companyId}`} className="brand">
          Ledgerpost
        </Link>
        <Navigation />
        <div className="me">
          <HelpLink />
          <span title={session.actor}>{actorName(session.actor)}</span>
          <Button kind="quiet" onPress={leave}>
            Sign out
          </Button>
        </div>
      </header>
      <main className="page" id="main" tabIndex={-1}>
        <Suspense fallback={<Loading what="the screen" />}>
          {children}
          <Arrival />
        </Suspense>
      </main>
      <Toasts />
      <Downloads />
      <Suspense fallback={null}>
        <Keys />
      </Suspense>
    </>
  );
}

/** Beside the screen, so that one counts as new when it is there, and not while it is loaded: until then the old one keeps the focus. */
function Arrival() {
  useArrival();
  return null;
}

/** The places of a company, under the headings that users of field-service systems know. */
const PLACES: readonly (readonly [heading: string, places: readonly (readonly [href: string, words: string])[]])[] = [
  ['', [['/', 'Home']]],
  [
    'Accounting',
    [
      ['/unbatched', 'Unbatched'],
      ['/import', 'Import'],
    ],
  ],
  ['Reports', [['/batches', 'Previous Batches']]],
  [
    'Company',
    [
      ['/books', 'Marketplace'],
      ['/people', 'People'],
      ['/notices', 'Notices'],
    ],
  ],
];

function Navigation() {
  const company = useCompanyIfAny();
  const [place] = useLocation();
  const isReader = useMay('viewer', 'poster', 'approver');
  if (company === undefined || !isReader) return <nav aria-label="Main" />;
  return (
    <nav aria-label="Main">
      <Switcher company={company} />
      {PLACES.map(([heading, places]) => (
        <span key={heading} className="places">
          {heading !== '' && <span className="heading">{heading}</span>}
          {places.map(([href, words]) => {
            const here = href === '/' ? place === '/' : place.startsWith(href);
            return (
              <Link key={href} href={href} {...(here ? { 'aria-current': 'page' as const } : {})}>
                {words}
              </Link>
            );
          })}
        </span>
      ))}
    </nav>
  );
}

/** The company that is open; with several, the way to each. */
function Switcher({ company }: { readonly company: Company }) {
  const { roles, companies: own, companyId } = useSession();
  const [, go] = useLocation();
  const all = useQuery({ ...companiesQuery, enabled: companyId === null && mayRead(roles) });
  const companies = all.data?.rows ?? own;
  if (companies.length < 2) return <span className="company">{company.name}</span>;
  return (
    <select
      className="company"
      aria-label="Company"
      value={company.id}
      onChange={({ target }) => go(`~/c/${encodeURIComponent(target.value)}`)}
    >
      {companies.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function NotHere() {
  useTitle('Page not found');
  return (
    <>
      <h1>Page not found</h1>
      <p>
        There is nothing at this address. <Link href="~/">Go to the home page</Link>
      </p>
    </>
  );
}
