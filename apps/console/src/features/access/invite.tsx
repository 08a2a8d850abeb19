import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { companiesQuery } from '../../api/queries.ts';
import type { Role } from '../../api/session.ts';
import { Button, SmallTable, Trouble } from '../../ui/parts.tsx';
import { Refused } from '../../ui/refused.tsx';
import { actorName, when } from '../../ui/show.ts';
import { LinkNote } from './link-note.tsx';
import { endInvitation, invitationsQuery, invite, type Scope } from './people-queries.ts';
import { RoleChoice } from './roles.tsx';
import { Field, Form } from './sign-in-screen.tsx';
import { useTimeZone } from './time-zone.ts';
import { useChange } from './use-change.ts';

/** Invites a person: the link carries roles and companies. */
export function InviteForm({ scope }: { readonly scope: Scope }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<ReadonlySet<Role>>(new Set(['viewer']));
  const [where, setWhere] = useState<ReadonlySet<string>>(new Set());
  const companies = useQuery({ ...companiesQuery, enabled: scope === null });
  const send = useChange(
    scope,
    () => {
      const given = [...roles];
      const everywhere = where.size === 0;
      return invite(scope, {
        name: name.trim(),
        ...(email.trim() === '' ? {} : { email: email.trim() }),
        roles: everywhere ? given : [],
        companies: [...where].map((company) => ({ company, roles: given })),
      });
    },
    () => {
      setName('');
      setEmail('');
    },
  );
  return (
    <section className="stack settings">
      <h2>Invite a person</h2>
      <Form label="Invite a person" onSend={() => send.mutate(undefined)}>
        <Field label="Full name">
          <input required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
        <Field label="E-mail (optional where people sign in at a provider)">
          <input type="email" maxLength={254} value={email} onChange={({ target }) => setEmail(target.value)} />
        </Field>
        <RoleChoice roles={roles} onChange={setRoles} />
        {scope === null && (
          <fieldset className="group">
            <legend>In these companies; in all, if none is checked</legend>
            {companies.data?.rows.map((company) => (
              <label key={company.id} className="check">
                <input
                  type="checkbox"
                  checked={where.has(company.id)}
                  onChange={({ target }) =>
                    setWhere((now) => new Set(target.checked ? [...now, company.id] : [...now].filter((id) => id !== company.id)))
                  }
                />{' '}
                {company.name}
              </label>
            ))}
          </fieldset>
        )}
        {send.isError && <Refused error={send.error} />}
        <div className="buttons">
          <Button kind="main" type="submit" isDisabled={send.isPending || roles.size === 0}>
            Make an invitation link
          </Button>
        </div>
      </Form>
      {send.data !== undefined && <LinkNote title="The invitation" {...send.data} />}
    </section>
  );
}

/** Links that nobody has used yet. */
export function InvitationList({ scope }: { readonly scope: Scope }) {
  const timeZone = useTimeZone();
  const open = useQuery(invitationsQuery(scope));
  const end = useChange(scope, (id: string) => endInvitation(scope, id));
  if (open.data === undefined || open.data.length === 0) return <Trouble error={open.error} />;
  return (
    <>
      <Trouble error={end.error} />
      <SmallTable
        sorts
        caption="Open invitations"
        heads={['Name', 'E-mail', 'May', 'By', 'Works until', 'Link']}
        rows={open.data.map(({ id, kind, name, email, access, createdBy, expiresAt }) => [
          name,
          email ?? '',
          kind === 'password' ? 'choose a new password' : [...new Set(access.flatMap(({ roles }) => roles))].join(', '),
          actorName(createdBy),
          when(expiresAt, timeZone),
          <Button
            key="end"
            kind="quiet"
            aria-label={`Take back: ${name}`}
            isDisabled={end.isPending}
            onPress={() => end.mutate(id)}
          >
            Take back
          </Button>,
        ])}
        named
      />
    </>
  );
}
