import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Facts, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { actorName, day, when } from '../../ui/show.ts';
import { CheckNow } from '../drift/check-now.tsx';
import { ConnectionAccounts } from './connection-accounts.tsx';
import { ConnectionClasses } from './connection-classes.tsx';
import { ConnectionNames } from './connection-names.tsx';
import type { ConnectionProps } from './connection-props.ts';
import { EndConnection } from './end-connection.tsx';
import { useConnect } from './use-connect.ts';

/** Connects an accounting system, and shows everything known about the connection. */
export function ConnectionCard({ target }: { readonly target: Target }) {
  const { query, card, connect, keep, isSigningIn } = useConnect(target);
  if (query.isPending) return <Loading what="the connection" />;
  return (
    <div className="stack">
      <Trouble error={query.error ?? connect.error} />
      {isSigningIn && (
        <Note tone="plain">Sign in to {target.name} in the window that opened. This page continues by itself.</Note>
      )}
      {card?.state === 'connected' ? (
        <>
          <Title card={card} target={target} keep={keep} />
          <About card={card} />
          {card.notices.map(({ code, severity, message }) => (
            <Note key={`${code} ${message}`} tone={severity === 'problem' ? 'bad' : 'warn'}>
              {message}
            </Note>
          ))}
          {card.taxAdvice !== null && (
            <Note tone={card.taxAdvice.recommended === card.taxAdvice.mode ? 'plain' : 'warn'}>
              Sales tax is {TAX_MODES[card.taxAdvice.mode]}. {card.taxAdvice.reason}
            </Note>
          )}
          {target.capabilities.drift && <CheckNow target={target} />}
          <ConnectionClasses card={card} target={target} keep={keep} />
          <ConnectionAccounts card={card} target={target} keep={keep} />
          <ConnectionNames card={card} target={target} />
          <EndConnection target={target} isConnecting={connect.isPending} onConnect={() => connect.mutate()} />
        </>
      ) : (
        <NotConnected
          target={target}
          lost={card?.state === 'lost'}
          isConnecting={connect.isPending}
          onConnect={() => connect.mutate()}
        />
      )}
    </div>
  );
}

interface NotConnectedProps {
  readonly target: Target;
  readonly lost: boolean;
  readonly isConnecting: boolean;
  onConnect(): void;
}

function NotConnected({ target, lost, isConnecting, onConnect }: NotConnectedProps) {
  const isAdmin = useMay();
  return (
    <>
      {lost && <Note tone="bad">{target.name} access was revoked or has expired. Connect again.</Note>}
      <p>
        Sign in as the primary admin of your {target.name} company. Ledgerpost creates customers, products, invoices and payments
        there. Connecting doesn’t give anyone new access to {target.name}.
      </p>
      {isAdmin && (
        <div className="buttons">
          <Button kind="main" isDisabled={isConnecting} onPress={onConnect}>
            Connect to {target.name}
          </Button>
        </div>
      )}
    </>
  );
}

function Title({ card, target, keep }: ConnectionProps) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const refresh = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/companies/{company}/targets/{target}/connection/refresh', {
          params: { path: { company, target: target.id } },
        }),
      ),
    onSuccess: keep,
  });
  return (
    <>
      <Trouble error={refresh.error} />
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
            {refresh.isPending ? 'Refreshing …' : 'Refresh'}
          </Button>
        )}
      </div>
    </>
  );
}

const SALES_TAX = { none: 'Off', manual: 'Manual', automated: 'Automated' } as const;
const TAX_MODES = {
  stated: 'sent as you charged it',
  books: 'computed by the books',
  line: 'sent as a line of its own',
} as const;
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  production: 'Production',
  sandbox: 'Sandbox',
  simulator: 'Simulator',
};

function About({ card }: Pick<ConnectionProps, 'card'>) {
  const { timeZone } = useCompany();
  return (
    <Facts
      facts={[
        ['Edition', card.edition],
        ['Class tracking', card.classTracking?.name],
        ['Currency', card.currency],
        ['Sales tax', card.salesTax === null ? null : SALES_TAX[card.salesTax]],
        ['Books closed through', day(card.closedThrough)],
        ['Custom transaction numbers', card.customNumbers === null ? null : card.customNumbers ? 'On' : 'Off'],
        ['Company ID', card.account],
        ['Environment', card.environment === null ? null : (ENVIRONMENTS[card.environment] ?? card.environment)],
        ['Last refreshed', when(card.refreshedAt, timeZone)],
        ['Connected', card.connectedBy === null ? null : `${when(card.connectedAt, timeZone)} by ${actorName(card.connectedBy)}`],
        ['Sign-in renews by', when(card.accessEndsAt, timeZone)],
        ['Reconnect by', when(card.reconnectBy, timeZone)],
      ]}
    />
  );
}
