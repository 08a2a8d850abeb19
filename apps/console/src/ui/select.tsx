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
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={({ target }) => onChange((target.value as Value) || undefined)}>
        <option value="">{unset}</option>
        {[...options].map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
