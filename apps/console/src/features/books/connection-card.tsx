import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { ApiProblem, api, told } from '../../api/client.ts';
import { type Connection, connectionQuery, type Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Facts, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { when, who } from '../../ui/show.ts';
import { counted, type Tone } from '../../ui/words.ts';
import { LookNow } from '../drift/drift.tsx';

type Account = Connection['accounts'][number];
type SettableRole = Exclude<Account['role'], 'tax'>;

/** Connect, and all that is known of the connection. */
export function ConnectionCard({ target }: { readonly target: Target }) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const options = connectionQuery(company, target.id);
  const [signingIn, setSigningIn] = useState<{ readonly popup: Window; readonly since: string | null }>();
  const query = useQuery({ ...options, refetchInterval: signingIn === undefined ? false : 1_000 });
  const card = query.data;
  const path = { company, target: target.id };
  const keep = (newer: Connection) => {
    queries.setQueryData(options.queryKey, newer);
    void queries.invalidateQueries({ queryKey: [company, 'targets'] });
  };

  const connect = useMutation({
    mutationFn: async () => {
      // Browsers open windows only while somebody presses something: the address comes a moment later.
      const popup = window.open('', 'ledgerpost-connect', 'popup,width=820,height=760');
      if (popup === null)
        throw new Error('The browser did not open a window. Allow pop-ups for this page, and press Connect again.');
      try {
        const { authorizeUrl } = await told(
          api.POST('/v1/companies/{company}/targets/{target}/connection', { params: { path } }),
        );
        popup.location.href = authorizeUrl;
        setSigningIn({ popup, since: card?.connectedAt ?? null });
      } catch (error) {
        popup.close();
        throw error;
      }
    },
  });
  const refresh = useMutation({
    mutationFn: () => told(api.POST('/v1/companies/{company}/targets/{target}/connection/refresh', { params: { path } })),
    onSuccess: keep,
  });
  const [leaving, setLeaving] = useState(false);
  const disconnect = useMutation({
    mutationFn: () => told(api.DELETE('/v1/companies/{company}/targets/{target}/connection', { params: { path } })),
    onSuccess: async () => {
      setLeaving(false);
      await queries.invalidateQueries({ queryKey: [company] });
    },
  });

  // It is over when the connection is newer than before, or when the person closed the window.
  useEffect(() => {
    if (signingIn === undefined) return;
    if (card?.state === 'connected' && card.connectedAt !== signingIn.since) {
      signingIn.popup.close();
      setSigningIn(undefined);
      void queries.invalidateQueries({ queryKey: [company] });
      return;
    }
    const timer = setInterval(() => {
      if (!signingIn.popup.closed) return;
      clearInterval(timer);
      // It closes itself just after the connection stands, so one more look tells which it was.
      void queries.invalidateQueries({ queryKey: options.queryKey }).then(() => setSigningIn(undefined));
    }, 500);
    return () => clearInterval(timer);
  }, [signingIn, card, queries, company, options.queryKey]);

  if (query.isPending) return <Loading what="the connection" />;
  const connected = card?.state === 'connected';
  return (
    <div className="stack">
      <Trouble error={query.error ?? connect.error ?? refresh.error ?? disconnect.error} />
      {signingIn !== undefined && (
        <Note tone="plain">Sign in to {target.name} in the window that opened. This page goes on by itself.</Note>
      )}
      {!connected && (
        <>
          {card?.state === 'lost' && <Note tone="bad">{target.name} does not let us in any more. Connect again.</Note>}
          <p>
            Connect with the login of the top admin of your {target.name} company: customers, products, invoices and payments are
            created there. Nobody gets access to your books who has none, and no login gets more rights by it.
          </p>
          {isAdmin && (
            <div className="buttons">
              <Button kind="main" isDisabled={connect.isPending} onPress={() => connect.mutate()}>
                Connect to {target.name}
              </Button>
            </div>
          )}
        </>
      )}
      {card && connected && (
        <>
          <div className="title">
            <h3>{card.company ?? card.account}</h3>
            {isAdmin && (
              <Button
                kind="quiet"
                aria-label="Refresh the connection"
                isDisabled={refresh.isPending}
                onPress={() => refresh.mutate()}
              >
                <span aria-hidden="true" className={refresh.isPending ? 'spin' : undefined}>
                  ↻
                </span>{' '}
                {refresh.isPending ? 'Reading the books …' : 'Refresh'}
              </Button>
            )}
          </div>
          <Known card={card} />
          {card.notices.map(({ code, severity, message }) => (
            <Note key={`${code} ${message}`} tone={severity === 'problem' ? 'bad' : 'warn'}>
              {message}
            </Note>
          ))}
          {target.capabilities.drift && <LookNow target={target.id} />}
          <Classes card={card} target={target} keep={keep} />
          <Accounts card={card} target={target} keep={keep} />
          {isAdmin && (
            <section aria-label="Ending the connection">
              {leaving ? (
                <Note tone="warn">
                  <p>
                    The access is ended, here and at {target.name}. What was sent stays in the books; connecting the same books
                    again goes on from there.
                  </p>
                  <div className="buttons">
                    <Button kind="danger" isDisabled={disconnect.isPending} onPress={() => disconnect.mutate()}>
                      Yes, disconnect
                    </Button>
                    <Button onPress={() => setLeaving(false)}>Stay connected</Button>
                  </div>
                </Note>
              ) : (
                <div className="buttons">
                  <Button isDisabled={connect.isPending} onPress={() => connect.mutate()}>
                    Connect again
                  </Button>
                  <Button kind="danger" onPress={() => setLeaving(true)}>
                    Disconnect …
                  </Button>
                </div>
              )}
            </section>
          )}
        </>
      )}
    </div>
  );
}

const SALES_TAX = { none: 'Not used', manual: 'Codes and rates of the company', automated: 'Automated by the books' } as const;

function Known({ card }: { readonly card: Connection }) {
  const { timeZone } = useCompany();
  return (
    <Facts
      facts={[
        ['Edition', card.edition],
        ['Class tracking', card.classTracking?.name],
        ['Currency', card.currency],
        ['Sales tax', card.salesTax === null ? null : SALES_TAX[card.salesTax]],
        ['Books are closed through', card.closedThrough],
        ['Own document numbers', card.customNumbers === null ? null : card.customNumbers ? 'Kept' : 'Not kept'],
        ['Books id', card.account],
        ['Environment', card.environment],
        ['Read', when(card.refreshedAt, timeZone)],
        ['Connected', card.connectedBy === null ? null : `${when(card.connectedAt, timeZone)} by ${who(card.connectedBy)}`],
        ['Access ends unless renewed', when(card.accessEndsAt, timeZone)],
      ]}
    />
  );
}

interface PartProps {
  readonly card: Connection;
  readonly target: Target;
  keep(newer: Connection): void;
}

const CLASS_TONES: Readonly<Record<Connection['classes'][number]['status'], Tone>> = {
  verified: 'good',
  inactive: 'warn',
  missing: 'bad',
  ambiguous: 'warn',
};

function Classes({ card, target, keep }: PartProps) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const [managing, setManaging] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const create = useMutation({
    mutationFn: () =>
      told(
        api.POST('/v1/companies/{company}/targets/{target}/connection/classes', {
          params: { path: { company, target: target.id } },
          body: { names: [...chosen] },
        }),
      ),
    onSuccess: ({ connection }) => {
      setChosen(new Set());
      keep(connection);
    },
  });
  if (card.classes.length === 0) return null;
  const missing = card.classes.filter(({ status }) => status === 'missing');
  const refused = create.data?.outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [outcome] : [])) ?? [];
  return (
    <section aria-labelledby="classes">
      <div className="title">
        <h3 id="classes">Classes</h3>
        {isAdmin && missing.length > 0 && (
          <Button kind="quiet" aria-expanded={managing} onPress={() => setManaging(!managing)}>
            Manage
          </Button>
        )}
      </div>
      <ul className="classes">
        {card.classes.map(({ name, status, nearest }) => (
          <li key={name}>
            {managing && status === 'missing' ? (
              <label>
                <input
                  type="checkbox"
                  checked={chosen.has(name)}
                  onChange={({ target: { checked } }) => {
                    const next = new Set(chosen);
                    if (checked) next.add(name);
                    else next.delete(name);
                    setChosen(next);
                  }}
                />{' '}
                {name}
              </label>
            ) : (
              name
            )}{' '}
            <Badge tone={CLASS_TONES[status]}>{status}</Badge>
            {nearest !== undefined && nearest.length > 0 && <span className="aside"> Did you mean {nearest.join(' or ')}?</span>}
          </li>
        ))}
      </ul>
      {card.moreClasses && <p className="aside">More classes are in use than are listed.</p>}
      {managing && missing.length > 0 && (
        <Button isDisabled={chosen.size === 0 || create.isPending} onPress={() => create.mutate()}>
          Create {counted(chosen.size, 'class', 'classes')} in {target.name}
        </Button>
      )}
      <Trouble error={create.error} />
      {refused.map(({ name, reason }) => (
        <Note key={name} tone="bad">
          {name}: {reason}
        </Note>
      ))}
    </section>
  );
}

function Accounts({ card, target, keep }: PartProps) {
  return (
    <section aria-labelledby="accounts">
      <h3 id="accounts">Accounts</h3>
      <p className="aside">
        Used as defaults when invoice lines, payments and refunds are sent. To change one, copy its name from the chart of
        accounts in {target.name} and paste it here.
      </p>
      <ul className="accounts">
        {card.accounts.map((account) => (
          <AccountRow key={account.role} account={account} target={target} keep={keep} />
        ))}
      </ul>
    </section>
  );
}

function AccountRow({ account, target, keep }: Omit<PartProps, 'card'> & { readonly account: Account }) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const [editing, setEditing] = useState(false);
  const [name, setName] = useState(account.name ?? '');
  const { role } = account;
  const save = useMutation({
    mutationFn: () =>
      told(
        api.PUT('/v1/companies/{company}/targets/{target}/connection/accounts/{role}', {
          params: { path: { company, target: target.id, role: role as SettableRole } },
          body: { name },
        }),
      ),
    onSuccess: (newer) => {
      setEditing(false);
      keep(newer);
    },
  });
  // What was refused was the former name: while it is said of the new one, the browser lets nobody save it.
  const write = (next: string) => {
    setName(next);
    save.reset();
  };
  const nearest =
    (save.error instanceof ApiProblem ? (save.error.details.nearest as string[] | undefined) : undefined) ??
    account.nearest ??
    [];
  return (
    <li>
      <div className="account">
        <span className="role">{account.title}</span>
        <span className="name">{account.name ?? <span className="none">none chosen</span>}</span>
        {account.status !== 'ok' && account.status !== 'unset' && (
          <Badge tone={account.status === 'unchecked' ? 'plain' : 'bad'}>{account.status}</Badge>
        )}
        {isAdmin && role !== 'tax' && !editing && (
          <Button kind="quiet" aria-label={`Edit ${account.title}`} onPress={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      {account.message !== undefined && !editing && <p className="wrong">{account.message}</p>}
      {editing && (
        <Form
          className="inline"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <TextField className="field" isRequired autoFocus value={name} onChange={write} isInvalid={save.isError}>
            <Label>{account.title}: name in the chart of accounts</Label>
            <Input />
            <FieldError>{save.error?.message}</FieldError>
          </TextField>
          {nearest.length > 0 && (
            <div className="buttons">
              {nearest.map((one) => (
                <Button key={one} kind="quiet" onPress={() => write(one)}>
                  Use “{one}”
                </Button>
              ))}
            </div>
          )}
          <div className="buttons">
            <Button kind="main" type="submit" isDisabled={save.isPending}>
              Save
            </Button>
            <Button
              onPress={() => {
                setEditing(false);
                setName(account.name ?? '');
                save.reset();
              }}
            >
              Cancel
            </Button>
          </div>
        </Form>
      )}
    </li>
  );
}
