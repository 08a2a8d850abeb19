import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { enter, signIn } from '../../api/session.ts';
import { Button, Note, Trouble } from '../../ui/parts.tsx';
import { useTitle } from '../../ui/use-title.ts';

/** Why a sign-in at the provider ended without one, by the code that it leads back with. */
const PROBLEMS: Readonly<Record<string, string>> = {
  'no-access': 'Your account is fine, and nobody has invited it yet. Ask an admin for an invitation, then open its link.',
  'sign-in-failed': 'The sign-in was not finished. Start it again, and finish it in this browser within ten minutes.',
  'sign-in-unavailable': 'The sign-in provider can’t be reached. Try again later. An admin can sign in with a key.',
  'bad-invitation': 'The link was used already, was taken back or has expired. Ask an admin for a new one.',
  'sign-in-first': 'You have access already. Sign in first, then open the link of the invitation again.',
  'other-person': 'This account signs in as someone else already. Ask an admin to join the two people.',
};

/** How people sign in here: at a provider, with a password, or with a key. */
export function SignInScreen() {
  useTitle('Sign in');
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: () => answerOf(api.GET('/v1/sign-in')), staleTime: 60_000 });
  const code = new URLSearchParams(window.location.search).get('problem');
  const { account = null, password = false } = ways.data ?? {};
  const keyOnly = account === null && !password;
  return (
    <main className="sign-in stack">
      <h1>Ledgerpost</h1>
      {code !== null && <Note tone="bad">{PROBLEMS[code] ?? 'The sign-in failed. Try again.'}</Note>}
      {account !== null && <SignInElsewhere name={account.name} words="Sign in with" />}
      {password && <PasswordForm />}
      {!ways.isPending &&
        (keyOnly ? (
          <KeyForm isFirst />
        ) : (
          <details>
            <summary>Sign in with an API key</summary>
            <KeyForm />
          </details>
        ))}
    </main>
  );
}

/** The button that leads to the provider. */
export function SignInElsewhere(props: { readonly name: string; readonly words: string; readonly invitation?: string }) {
  const { name, words, invitation } = props;
  const leave = useMutation({
    mutationFn: async () => {
      const { pathname } = window.location;
      const body = invitation === undefined ? { returnTo: pathname } : { invitation };
      window.location.assign((await answerOf(api.POST('/v1/sign-in/account', { body }))).url);
    },
  });
  return (
    <>
      <Trouble error={leave.error} />
      <Button kind="main" isDisabled={leave.isPending} onPress={() => leave.mutate()}>
        {words} {name}
      </Button>
    </>
  );
}

function PasswordForm() {
  const queries = useQueryClient();
  const first = useFirst(true);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const send = useMutation({
    mutationFn: async () => enter(queries, await answerOf(api.POST('/v1/sign-in', { body: { email, password } }))),
  });
  return (
    <Form label="Sign in with a password" onSend={() => send.mutate()}>
      <Field label="E-mail">
        <input
          ref={first}
          {...{ type: 'email', autoComplete: 'username', required: true, value: email }}
          onChange={({ target }) => setEmail(target.value)}
        />
      </Field>
      <Field label="Password">
        <input
          {...{ type: 'password', autoComplete: 'current-password', required: true, value: password }}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Field>
      <Trouble error={send.error} />
      <Button kind="main" type="submit" isDisabled={send.isPending}>
        Sign in
      </Button>
      {send.isPending && <p role="status">Checking … After several wrong passwords this takes some seconds.</p>}
    </Form>
  );
}

function KeyForm({ isFirst = false }: { readonly isFirst?: boolean }) {
  const queries = useQueryClient();
  const first = useFirst(isFirst);
  const [key, setKey] = useState('');
  const send = useMutation({ mutationFn: () => signIn(queries, key) });
  return (
    <Form label="Sign in with a key" onSend={() => send.mutate()}>
      <Field label="API key">
        <input
          ref={first}
          {...{ type: 'password', autoComplete: 'off', required: true, placeholder: 'lp_…', value: key }}
          onChange={({ target }) => setKey(target.value)}
          aria-describedby="about-keys"
        />
      </Field>
      <p id="about-keys" className="aside">
        For programs, and for the installation’s admin key when nobody can sign in otherwise. The browser keeps a session and
        never stores the key.
      </p>
      <Trouble error={send.error} />
      <Button kind="main" type="submit" isDisabled={send.isPending}>
        Sign in
      </Button>
    </Form>
  );
}

/** The field in which people type when the page opens. */
function useFirst(isFirst: boolean) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) first.current?.focus();
  }, [isFirst]);
  return first;
}

export function Form(props: { readonly label: string; onSend(): void; readonly children: ReactNode }) {
  return (
    <form
      className="stack"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend();
      }}
    >
      {props.children}
    </form>
  );
}

export function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label>
        {label}
        {children}
      </label>
    </div>
  );
}
