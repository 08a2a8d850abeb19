import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { answerOf, api } from '../../api/client.ts';
import { type Connection, companyTargetsQuery } from '../../api/queries.ts';
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

/** Every class that was entered, the default one too, each with its status in the books; an admin creates missing ones. */
export function ConnectionClasses({ card, target, keep }: ConnectionProps) {
  const { id: company } = useCompany();
  const isAdmin = useMay();
  const [managing, setManaging] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [another, setAnother] = useState('');
  const settings = useQuery(companyTargetsQuery(company)).data?.find((one) => one.target === target.id)?.settings;
  const byDefault = (settings?.classes as { readonly default?: string } | undefined)?.default;
  const names = [...chosen, ...(another.trim() === '' ? [] : [another.trim()])];
  const create = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/v1/companies/{company}/targets/{target}/connection/classes', {
          params: { path: { company, target: target.id } },
          body: { names },
        }),
      ),
    onSuccess: ({ connection }) => {
      setChosen(new Set());
      setAnother('');
      keep(connection);
    },
  });
  if (card.classTracking === null || card.classTracking.mode === 'none') return null;
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
        {isAdmin && (
          <Button kind="quiet" aria-expanded={managing} onPress={() => setManaging(!managing)}>
            Manage
          </Button>
        )}
      </div>
      {card.classes.length === 0 && (
        <p className="empty">
          No record uses a class yet. <Link href="/import">Import files</Link> to bring records.
        </p>
      )}
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
            {name === byDefault && <span className="aside"> Default class</span>}
            {nearest !== undefined && nearest.length > 0 && <span className="aside"> Did you mean {nearest.join(' or ')}?</span>}
          </li>
        ))}
      </ul>
      {card.moreClasses && <p className="aside">Records use more classes than are listed here.</p>}
      {managing && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          {missing.length > 0 && <p className="aside">Check the missing classes that you want to create.</p>}
          <div className="field">
            <label>
              Another class
              <input value={another} maxLength={500} onChange={(event) => setAnother(event.target.value)} />
            </label>
            <span className="aside">Parent:Child for a class under another one.</span>
          </div>
          <div className="buttons">
            <Button type="submit" isDisabled={names.length === 0 || create.isPending}>
              Create {counted(names.length, 'class', 'classes')} in {target.name}
            </Button>
            <Button kind="quiet" onPress={() => setManaging(false)}>
              Done
            </Button>
          </div>
        </form>
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
