import { useEffect, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { Button } from '../../ui/parts.tsx';

/** A message that passes: something that happened by itself, or a choice that can be taken back. */
interface Toast {
  readonly id: number;
  readonly words: string;
  readonly link?: { readonly href: string; readonly words: string } | undefined;
}

/** Milliseconds that a message stays. */
const STAYS = 12_000;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function put(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a message at the edge of any screen; screen readers announce it. */
export function announce(words: string, link?: Toast['link']): void {
  last += 1;
  put([...toasts, { id: last, words, link }]);
}

const dismiss = (id: number) => put(toasts.filter((one) => one.id !== id));

/** The messages that are shown now. The region is always there, so that screen readers notice what comes into it. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
    () => toasts,
  );
  return (
    <div className="toasts" role="log" aria-live="polite" aria-label="Messages">
      {shown.map((toast) => (
        <Shown key={toast.id} {...toast} />
      ))}
    </div>
  );
}

function Shown({ id, words, link }: Toast) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), STAYS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="toast">
      <span>
        {words} {link !== undefined && <Link href={link.href}>{link.words}</Link>}
      </span>
      <Button kind="quiet" aria-label={`Dismiss: ${words}`} onPress={() => dismiss(id)}>
        ×
      </Button>
    </div>
  );
}
