import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ApiProblem, answerOf, api } from '../../api/client.ts';
import { type Connection, chartQuery } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Field } from '../../ui/field.tsx';
import { Badge, Button } from '../../ui/parts.tsx';
import { listed, type Tone } from '../../ui/words.ts';
import { namesFor } from './chart-choices.tsx';
import type { ConnectionProps } from './connection-props.ts';

type Account = Connection['accounts'][number];
type SettableRole = Exclude<Account['role'], 'tax'>;

/** The default accounts by role; an admin changes them. */
export function ConnectionAccounts({ card, target, keep }: ConnectionProps) {
  const isAdmin = useMay();
  const wrong = card.accounts.filter(({ status }) => !ACCEPTABLE.includes(status));
  return (
    <section aria-labelledby="accounts">
      <h3 id="accounts">Accounts</h3>
      <p className="aside">
        These are the default accounts for invoice lines, payments and refunds. To change one, copy its name from the chart of
        accounts in {target.name} and paste it here.
      </p>
      <ul className="accounts">
        {card.accounts.map((account) => (
          <AccountRow key={account.role} account={account} target={target} keep={keep} />
        ))}
      </ul>
      {isAdmin && (
        <div className="buttons">
          {wrong.length === 0 ? (
            <Link className="button main" href={`/unbatched/${target.id}`}>
              Accept these accounts
            </Link>
          ) : (
            <p className="wrong">Change {listed(wrong.map(({ title }) => title))} before you accept these accounts.</p>
          )}
        </div>
      )}
    </section>
  );
}

/** A role without an account is acceptable: only documents that need it are stopped. */
const ACCEPTABLE: readonly Account['status'][] = ['ok', 'unset', 'unchecked'];

const STATUSES: Readonly<Record<Exclude<Account['status'], 'ok' | 'unset'>, readonly [words: string, tone: Tone]>> = {
  missing: ['Missing', 'bad'],
  renamed: ['Renamed', 'bad'],
  inactive: ['Inactive', 'bad'],
  'wrong-type': ['Wrong type', 'bad'],
  unchecked: ['Not checked', 'plain'],
};

function AccountRow({ account, target, keep }: Omit<ConnectionProps, 'card'> & { readonly account: Account }) {
  const isAdmin = useMay();
  const [editing, setEditing] = useState(false);
  const { role, status } = account;
  return (
    <li>
      <div className="account">
        <span className="role">{account.title}</span>
        <span className="name">{account.name ?? <span className="none">Not set</span>}</span>
        {status !== 'ok' && status !== 'unset' && <Badge tone={STATUSES[status][1]}>{STATUSES[status][0]}</Badge>}
        {isAdmin && role !== 'tax' && !editing && (
          <Button kind="quiet" aria-label={`Edit ${account.title}`} onPress={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      {account.message !== undefined && !editing && <p className="wrong">{account.message}</p>}
      {editing && role !== 'tax' && (
        <AccountForm
          account={account}
          role={role}
          target={target}
          onSaved={(newer) => {
            setEditing(false);
            keep(newer);
          }}
          onCancel={() => setEditing(false)}
        />
      )}
    </li>
  );
}

interface AccountFormProps extends Pick<ConnectionProps, 'target'> {
  readonly account: Account;
  readonly role: SettableRole;
  onSaved(newer: Connection): void;
  onCancel(): void;
}

function AccountForm({ account, role, target, onSaved, onCancel }: AccountFormProps) {
  const { id: company } = useCompany();
  const [name, setName] = useState(account.name ?? '');
  const chart = useQuery(chartQuery(company, target.id)).data;
  const usable = (chart?.known && namesFor(`accounts.${role}`, chart)) || [];
  const save = useMutation({
    mutationFn: () =>
      answerOf(
        api.PUT('/v1/companies/{company}/targets/{target}/connection/accounts/{role}', {
          params: { path: { company, target: target.id, role } },
          body: { name: name.trim() },
        }),
      ),
    onSuccess: onSaved,
  });
  // The refusal was about the former name, so a new name clears it.
  const write = (next: string) => {
    setName(next);
    save.reset();
  };
  const nearest =
    (save.error instanceof ApiProblem ? (save.error.details.nearest as string[] | undefined) : undefined) ??
    account.nearest ??
    [];
  return (
    <form
      className="inline"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field
        label={`${account.title}: name in the chart of accounts`}
        list="usable-accounts"
        required
        autoFocus
        value={name}
        onChange={write}
        error={save.error?.message}
      >
        <datalist id="usable-accounts">
          {usable.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </Field>
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
        <Button onPress={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
