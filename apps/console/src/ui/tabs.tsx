import { type KeyboardEvent, type ReactNode, useId } from 'react';

interface TabsProps<Id extends string> {
  /** What the tabs are about, for screen readers. */
  readonly label: string;
  readonly tabs: readonly (readonly [id: Id, words: ReactNode])[];
  readonly selected: Id;
  onSelect(id: Id): void;
  /** Whether the panel takes the height that is left. */
  readonly fill?: boolean;
  /** The panel of the selected tab. */
  readonly children: ReactNode;
}

/** Where an arrow leads, in steps. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Tabs by the pattern of WAI-ARIA: one is in the order of the Tab key, arrows and Home and End select the others. Own code, because
 * those of the components' library bring its collections, a tenth of the whole console.
 */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, fill = false, children }: TabsProps<Id>) {
  const id = useId();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex(([one]) => one === selected);
    const step = STEPS[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step === undefined ? undefined : at + step;
    if (next === undefined) return;
    event.preventDefault();
    const to = (next + tabs.length) % tabs.length;
    onSelect(tabs[to]![0]);
    (event.currentTarget.children[to] as HTMLElement).focus();
  };
  return (
    <div className={fill ? 'tabs fill' : 'tabs'}>
      <div role="tablist" aria-label={label} className="tab-list" onKeyDown={move}>
        {tabs.map(([one, words]) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}${one}`}
            className="tab"
            aria-selected={one === selected}
            {...(one === selected ? { 'aria-controls': `${id}panel` } : {})}
            tabIndex={one === selected ? 0 : -1}
            onClick={() => onSelect(one)}
          >
            {words}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${selected}`} className="tab-panel">
        {children}
      </div>
    </div>
  );
}
