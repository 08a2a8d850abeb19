import type { AnyTarget } from '@ledgerpost/core';
import { z } from 'zod';

/** An admin's form, as the API shows it. */
export interface FormSchema {
  readonly type?: string;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, FormSchema>>;
}

/** The form of a target's settings; undefined if they have none. */
export function formOf(target: AnyTarget): FormSchema | undefined {
  return z.toJSONSchema(target.settings, { io: 'input', unrepresentable: 'any' }) as FormSchema;
}

/** All members with their paths, including nested members. */
export function* membersOf(
  form: FormSchema | undefined,
  path: readonly string[] = [],
): Generator<{ readonly name: string; readonly path: readonly string[]; readonly member: FormSchema }> {
  for (const [name, member] of Object.entries(form?.properties ?? {})) {
    yield { name, path: [...path, name], member };
    yield* membersOf(member, [...path, name]);
  }
}
