import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  Modal as AriaModal,
  ProgressBar as AriaProgressBar,
  type ButtonProps,
  Heading,
  Label,
  ModalOverlay,
} from 'react-aria-components';
import { ApiProblem } from '../api/client.ts';
import type { Tone } from './words.ts';

/** @param kind what it does to the eye: the one thing to do here, one of several, or what can't be taken back */
export function Button({ kind = 'plain', ...props }: ButtonProps & { readonly kind?: 'main' | 'plain' | 'danger' | 'quiet' }) {
  return <AriaButton {...props} className={`button ${kind}`} />;
}

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}

/** A box that says something; problems and warnings are announced as they appear. */
export function Note({ tone, children, label }: { readonly tone: Tone; readonly children: ReactNode; readonly label?: string }) {
  const role = tone === 'bad' || tone === 'warn' ? 'alert' : 'status';
  return (
    <div className={`note ${tone}`} role={role} {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </div>
  );
}

/** What the API refused, in its own words. */
export function Trouble({ error }: { readonly error: Error | null | undefined }) {
  if (!error) return null;
  const fields =
    error instanceof ApiProblem ? (error.details.fields as { field: string; message: string }[] | undefined) : undefined;
  return (
    <Note tone="bad">
      <p>{error.message}</p>
      {fields !== undefined && fields.length > 1 && (
        <ul>
          {fields.map(({ field, message }) => (
            <li key={field}>
              {field}: {message}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}

export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="loading" role="status">
      Loading {what} …
    </p>
  );
}

export interface WindowProps {
  readonly title: string;
  readonly open: boolean;
  onClose(): void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A window over the page: the x and Escape close it, and the focus goes back to where it was. */
export function Window({ title, open, onClose, wide = false, children }: WindowProps) {
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(isOpen) => !isOpen && onClose()} isDismissable>
      <AriaModal className={wide ? 'window wide' : 'window'}>
        <AriaDialog className="dialog">
          <header className="window-head">
            <Heading slot="title">{title}</Heading>
            <AriaButton className="button quiet" aria-label="Close" onPress={onClose}>
              ×
            </AriaButton>
          </header>
          {children}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}

export function Progress({ label, done, of }: { readonly label: string; readonly done: number; readonly of: number }) {
  return (
    <AriaProgressBar
      className="progress"
      value={done}
      maxValue={Math.max(of, 1)}
      isIndeterminate={of === 0}
      valueLabel={`${done} of ${of}`}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <div className="progress-words">
            <Label>{label}</Label>
            {of > 0 && (
              <span>
                {done.toLocaleString('en-US')} of {of.toLocaleString('en-US')}
              </span>
            )}
          </div>
          <div className={isIndeterminate ? 'progress-bar busy' : 'progress-bar'}>
            <div style={{ width: `${percentage ?? 100}%` }} />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}

/** Facts as pairs of words. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A name or an id that no column would be wide enough for; amounts and words stay whole. */
const isUnbreakable = (cell: ReactNode) => typeof cell === 'string' && /\S{25}/.test(cell);

export interface SmallTableProps {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
  /** Whether the first cell names its row. */
  readonly named?: boolean;
  /** The heads of columns of numbers: counts and amounts stand to the right, digit under digit. */
  readonly numbers?: readonly string[];
}

/** A table that is all there. Where it is too narrow for its columns, each row becomes a list of its cells. */
export function SmallTable({ caption, heads, rows, named = false, numbers = [] }: SmallTableProps) {
  const classOf = (head: string, cell: ReactNode) => {
    const names = [...(numbers.includes(head) ? ['number'] : []), ...(isUnbreakable(cell) ? ['breaks'] : [])];
    return names.length === 0 ? {} : { className: names.join(' ') };
  };
  return (
    <section className="scroll" aria-label={caption}>
      <table className={heads.length > 3 ? 'small stacks' : 'small'}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" {...classOf(head, undefined)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of totals have no other name, and never move
            <tr key={row}>
              {cells.map((cell, column) => {
                const head = heads[column]!;
                return named && column === 0 ? (
                  <th key={head} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head} data-head={head} {...classOf(head, cell)}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
