import { useEffect, useState } from 'react';
import { Window } from './window.tsx';

const KEYS = [
  ['/', 'Go to the search'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['x', 'Check or uncheck the row'],
  ['b', 'Batch'],
  ['?', 'Show these keys'],
] as const;

/** Keys that work on every screen, outside of fields and windows; `?` shows them. */
export function Keys() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      if (!act(event.key, () => setShown(true))) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  if (!shown) return null;
  return (
    <Window title="Keys" open onClose={() => setShown(false)}>
      <dl className="facts">
        {KEYS.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Window>
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    isTextField(target) ||
    target.isContentEditable
  );
}

const isTextField = (target: HTMLElement) =>
  target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);

/** Does what a key stands for; false where it stands for nothing here. */
function act(key: string, help: () => void): boolean {
  switch (key) {
    case '/':
      return focus(document.querySelector<HTMLElement>('input[type=search]'));
    case 'j':
    case 'k':
      return step(key === 'j' ? 1 : -1);
    case 'x': {
      const box = document.activeElement;
      if (!(box instanceof HTMLInputElement) || box.type !== 'checkbox') return false;
      box.click();
      return true;
    }
    case 'b': {
      const batch = document.querySelector<HTMLButtonElement>('.act .button.main');
      batch?.click();
      return batch !== null;
    }
    case '?':
      help();
      return true;
    default:
      return false;
  }
}

/** Moves the focus to the checkbox, or else to the first control, of the next or former row. */
function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('.long-body [role=row], table.small tbody tr')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : at + by];
  return focus(next?.querySelector<HTMLElement>('input:not(:disabled), a, button') ?? null);
}

function focus(element: HTMLElement | null): boolean {
  element?.focus();
  element?.scrollIntoView({ block: 'nearest' });
  return element !== null;
}
