interface SelectProps<Value extends string> {
  readonly label: string;
  /** What it says while nothing is chosen. */
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
        {/* An address may ask for what is not there any more: then it is shown, since it counts. */}
        {value !== undefined && !known.some(([one]) => one === value) && <option value={value}>{value}</option>}
      </select>
    </label>
  );
}
