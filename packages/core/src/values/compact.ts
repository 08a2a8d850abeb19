/** A value as a programmer writes it: optional members may be undefined. */
type Loose<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The value without its undefined members, so that it is the same before and after JSON. */
export function compact<T extends object>(value: Loose<T>): T {
  const kept: Record<string, unknown> = {};
  for (const member in value) if (value[member] !== undefined) kept[member] = value[member];
  return kept as T;
}
