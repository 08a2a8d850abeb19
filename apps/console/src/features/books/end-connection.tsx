import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { Target } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Button, Note, Trouble } from '../../ui/parts.tsx';

interface EndConnectionProps {
  readonly target: Target;
  readonly isConnecting: boolean;
  onConnect(): void;
}

/** Reconnects or disconnects an accounting system; for admins. */
export function EndConnection({ target, isConnecting, onConnect }: EndConnectionProps) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const disconnect = useMutation({
    mutationFn: () =>
      answerOf(
        api.DELETE('/v1/companies/{company}/targets/{target}/connection', { params: { path: { company, target: target.id } } }),
      ),
    onSuccess: async () => {
      setLeaving(false);
      await queries.invalidateQueries({ queryKey: [company] });
    },
  });
  if (!isAdmin) return null;
  return (
    <section aria-label="Reconnect or disconnect">
      <Trouble error={disconnect.error} />
      {leaving ? (
        <Note tone="warn">
          <p>
            Ledgerpost loses its access to {target.name}. Everything already posted stays in the books. You can connect the same
            company again and continue.
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
          <Button isDisabled={isConnecting} onPress={onConnect}>
            Reconnect
          </Button>
          <Button kind="danger" onPress={() => setLeaving(true)}>
            Disconnect …
          </Button>
        </div>
      )}
    </section>
  );
}
