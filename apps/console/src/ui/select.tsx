interface SelectProps<Value extends string> {
  readonly label: string;
  /** The first option, which means no choice. */
  readonly unset: string;
  readonly options: Iterable<readonly [value: Value, words: string]>;
  readonly value: Value | undefined;
  onChange(value: Value | undefined): void;
}

/** One of several, or none of them. */
export function Select<Value extends string>({ label, unset, options, value, onChange }: SelectProps<Value>) {
  const known = [...options];
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={({ target }) => onChange((target.value as Value) || undefined)}>
        <option value="">{unset}</option>
        {known.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
        {/* An address may name an option that no longer exists. It still filters, so it is shown. */}
        {value !== undefined && !known.some(([one]) => one === value) && <option value={value}>{value}</option>}
      </select>
    </label>
  );
}
