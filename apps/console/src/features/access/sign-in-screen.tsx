import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, Input, Label, Text, TextField } from 'react-aria-components';
import { signIn } from '../../api/session.ts';
import { Button, Trouble } from '../../ui/parts.tsx';
import { useTitle } from '../../ui/use-title.ts';

export function SignInScreen() {
  useTitle('Sign in');
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const enter = useMutation({ mutationFn: () => signIn(queries, key) });
  return (
    <main className="sign-in">
      <h1>Ledgerpost</h1>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <TextField type="password" autoComplete="off" isRequired autoFocus value={key} onChange={setKey}>
          <Label>API key</Label>
          <Input placeholder="lp_…" />
          <Text slot="description">Your admin gives you a key. The browser keeps a session and never stores the key.</Text>
        </TextField>
        <Trouble error={enter.error} />
        <Button kind="main" type="submit" isDisabled={enter.isPending}>
          Sign in
        </Button>
      </Form>
    </main>
  );
}
