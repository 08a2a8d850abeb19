import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { Connection } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useCompany } from '../../ui/company.ts';
import { Badge, Button, Note, Trouble } from '../../ui/parts.tsx';
import { counted, type Tone } from '../../ui/words.ts';
import type { ConnectionProps } from './connection-props.ts';

const STATUSES: Readonly<Record<Connection['classes'][number]['status'], readonly [words: string, tone: Tone]>> = {
  verified: ['Verified', 'good'],
  inactive: ['Inactive', 'warn'],
  missing: ['Missing', 'bad'],
  ambiguous: ['Ambiguous', 'warn'],
};

/** The classes that records use, each with its status in the books; an admin creates missing ones. */
export function ConnectionClasses({ card, target, keep }: ConnectionProps) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const [managing, setManaging] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const create = useMutation({
    mutationFn: () =>
      answerOf(
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
  const choose = (name: string, checked: boolean) => {
    const next = new Set(chosen);
    if (checked) next.add(name);
    else next.delete(name);
    setChosen(next);
  };
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
                <input type="checkbox" checked={chosen.has(name)} onChange={({ target: { checked } }) => choose(name, checked)} />{' '}
                {name}
              </label>
            ) : (
              name
            )}{' '}
            <Badge tone={STATUSES[status][1]}>{STATUSES[status][0]}</Badge>
            {nearest !== undefined && nearest.length > 0 && <span className="aside"> Did you mean {nearest.join(' or ')}?</span>}
          </li>
        ))}
      </ul>
      {card.moreClasses && <p className="aside">Records use more classes than are listed here.</p>}
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
