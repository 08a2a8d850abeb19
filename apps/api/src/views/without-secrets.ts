import type { AnyTarget, BooksSettings } from '@ledgerpost/core';
import { z } from 'zod';

/** Settings without the members that the form marks as secret: those are write-only. */
export function withoutSecrets(target: AnyTarget, settings: BooksSettings): Record<string, unknown> {
  const form = z.toJSONSchema(target.settings, { io: 'output', unrepresentable: 'any' }) as Form;
  return strip(form, settings) as Record<string, unknown>;
}

interface Form {
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, Form>>;
}

function strip(form: Form | undefined, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || form?.properties === undefined) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([member]) => form.properties?.[member]?.secret !== true)
      .map(([member, inner]) => [member, strip(form.properties?.[member], inner)]),
  );
}
