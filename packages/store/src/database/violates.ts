/** Whether a statement failed because a row with the same key is there already. */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint_name: violated } = (error ?? {}) as { code?: unknown; constraint_name?: unknown };
  return code === '23505' && violated === constraint;
}
