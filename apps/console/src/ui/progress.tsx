import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';
import { number } from './words.ts';

export function Progress({ label, done, of }: { readonly label: string; readonly done: number; readonly of: number }) {
  return (
    <AriaProgressBar
      className="progress"
      value={done}
      maxValue={Math.max(of, 1)}
      isIndeterminate={of === 0}
      valueLabel={`${number(done)} of ${number(of)}`}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <div className="progress-words">
            <Label>{label}</Label>
            {of > 0 && (
              <span>
                {number(done)} of {number(of)}
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
