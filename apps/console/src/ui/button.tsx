import type { ComponentProps } from 'react';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'onClick' | 'disabled' | 'className'> {
  /** How much it stands out: the main action here, one of several, one that can't be reversed, or a quiet one. */
  readonly kind?: 'main' | 'plain' | 'danger' | 'quiet';
  readonly isDisabled?: boolean | undefined;
  onPress?(): void;
}

/** A button that sends no form, unless it says so. */
export function Button({ kind = 'plain', isDisabled, onPress, type = 'button', ...props }: ButtonProps) {
  return (
    <button {...props} type={type} disabled={isDisabled} onClick={onPress && (() => onPress())} className={`button ${kind}`} />
  );
}
