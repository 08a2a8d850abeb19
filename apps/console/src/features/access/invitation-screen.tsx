import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { enter, type Session } from '../../api/session.ts';
import { Button, Loading, Note, Trouble } from '../../ui/parts.tsx';
import { when } from '../../ui/show.ts';
import { useTitle } from '../../ui/use-title.ts';
import { listed } from '../../ui/words.ts';
import { Field, Form, SignInElsewhere } from './sign-in-screen.tsx';

/** Fewer can be guessed. */
const LEAST_LETTERS = 12;

/** The page of an invitation's link. What follows # never leaves the browser, and does not stay in the address. */
export function InvitationScreen({ session }: { readonly session: Session | null }) {
  useTitle('Invitation');
  const [token] = useState(() => {
    const found = window.location.hash.slice(1);
    window.history.replaceState(null, '', window.location.pathname);
    return found;
  });
  const offer = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answerOf(api.POST('/v1/sign-in/invitation', { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const person = session?.person ?? null;
  return (
    <main className="sign-in stack">
      <h1>Ledgerpost</h1>
      <Trouble error={offer.error} />
      {offer.isError && <a href="/">Go to the sign-in page</a>}
      {offer.isPending && <Loading what="the invitation" />}
      {offer.data !== undefined && (
        <>
          <p>{welcome(offer.data)}</p>
          <ul>
            {offer.data.access.map(({ company, roles }) => (
              <li key={company ?? ''}>
                {company ?? 'All companies'}: {listed(roles)}
              </li>
            ))}
          </ul>
          {person !== null && offer.data.kind === 'invitation' ? (
            <AcceptSignedIn token={token} name={person.name} />
          ) : offer.data.account !== null ? (
            <SignInElsewhere name={offer.data.account.name} words="Accept, and sign in with" invitation={token} />
          ) : (
            <NewPassword token={token} offer={offer.data} />
          )}
          <p className="aside">
            This link works once, until {when(offer.data.expiresAt, Intl.DateTimeFormat().resolvedOptions().timeZone)}.
          </p>
        </>
      )}
    </main>
  );
}

interface Offer {
  readonly kind: 'invitation' | 'set-up' | 'password';
  readonly name: string;
  readonly email: string | null;
}

function welcome({ kind, name }: Offer): string {
  switch (kind) {
    case 'set-up':
      return 'Welcome. You become the first admin of this installation.';
    case 'password':
      return `${name}, choose how you sign in from now on. All your sessions end.`;
    default:
      return `${name}, you are invited to Ledgerpost.`;
  }
}

function useAccept(token: string) {
  const queries = useQueryClient();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: async (more: { name?: string; email?: string; password?: string }) => {
      const session = await answerOf(api.POST('/v1/sign-in/accept', { body: { token, ...more } }));
      queries.clear();
      enter(queries, session);
      go('/');
    },
  });
}

function AcceptSignedIn({ token, name }: { readonly token: string; readonly name: string }) {
  const accept = useAccept(token);
  return (
    <>
      <Trouble error={accept.error} />
      <Button kind="main" isDisabled={accept.isPending} onPress={() => accept.mutate({})}>
        Accept as {name}
      </Button>
    </>
  );
}

function NewPassword({ token, offer }: { readonly token: string; readonly offer: Offer }) {
  const accept = useAccept(token);
  const isNew = offer.kind !== 'password';
  const [name, setName] = useState(offer.kind === 'set-up' ? '' : offer.name);
  const [email, setEmail] = useState(offer.email ?? '');
  const [password, setPassword] = useState('');
  const send = () => accept.mutate({ password, ...(isNew ? { name } : {}), ...(isNew && offer.email === null ? { email } : {}) });
  return (
    <Form label="Accept the invitation" onSend={send}>
      {isNew && (
        <Field label="Full name">
          <input
            {...{ autoComplete: 'name', required: true, maxLength: 100, value: name }}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
      )}
      {(isNew || offer.email !== null) && (
        <Field label="E-mail">
          <input
            {...{ type: 'email', autoComplete: 'username', required: true, value: email, readOnly: offer.email !== null }}
            onChange={({ target }) => setEmail(target.value)}
          />
        </Field>
      )}
      <Field label={`New password, at least ${LEAST_LETTERS} characters`}>
        <input
          {...{ type: 'password', autoComplete: 'new-password', required: true, minLength: LEAST_LETTERS, value: password }}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Field>
      <p className="aside">Length is all that counts. A few words in a row are easy to remember and hard to guess.</p>
      <Trouble error={accept.error} />
      <Button kind="main" type="submit" isDisabled={accept.isPending}>
        {isNew ? 'Accept and sign in' : 'Save and sign in'}
      </Button>
      {!isNew && offer.email === null && (
        <Note tone="plain">You have no e-mail address here. Ask an admin for an invitation.</Note>
      )}
    </Form>
  );
}
