import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: ReactNode;
  readonly value: string;
  onChange(value: string): void;
  /** One sentence about it. */
  readonly hint?: string;
  /** Why the value was refused. */
  readonly error?: string | undefined;
  /** What belongs to the field beside its label and input, such as a list of proposals. */
  readonly children?: ReactNode;
}

/** A field of text with its label above, and below it a hint or the reason why its value was refused. */
export function Field({ label, onChange, hint, error, children, ...props }: FieldProps) {
  const id = useId();
  const words = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        type="text"
        {...props}
        id={id}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={words === undefined ? undefined : `${id}words`}
        onChange={({ target }) => onChange(target.value)}
      />
      {children}
      {words !== undefined && (
        <span
          id={`${id}words`}
          className={error === undefined ? 'hint' : 'refusal'}
          {...(error === undefined ? {} : { role: 'alert' })}
        >
          {words}
        </span>
      )}
    </div>
  );
}
