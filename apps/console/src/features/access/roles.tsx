import type { Role } from '../../api/session.ts';

/** What each role may do, for an admin who gives it. */
export const ROLES: Readonly<Record<Role, string>> = {
  viewer: 'reads everything',
  source: 'sends and imports records',
  poster: 'starts, retries and cancels batches',
  approver: 'approves batches that others started',
  admin: 'does everything, and changes settings and access',
};

interface RoleChoiceProps {
  readonly legend?: string;
  readonly roles: ReadonlySet<Role>;
  onChange(roles: ReadonlySet<Role>): void;
}

/** Boxes to check, one a role. */
export function RoleChoice({ legend = 'May', roles, onChange }: RoleChoiceProps) {
  const choose = (role: Role, on: boolean) => {
    const next = new Set(roles);
    if (on) next.add(role);
    else next.delete(role);
    onChange(next);
  };
  return (
    <fieldset className="group">
      <legend>{legend}</legend>
      {(Object.entries(ROLES) as [Role, string][]).map(([role, may]) => (
        <label key={role} className="check">
          <input type="checkbox" checked={roles.has(role)} onChange={({ target }) => choose(role, target.checked)} /> {role}:{' '}
          {may}
        </label>
      ))}
    </fieldset>
  );
}
