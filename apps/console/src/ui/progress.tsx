import { useId } from 'react';
import { number } from './words.ts';

export function Progress({ label, done, of }: { readonly label: string; readonly done: number; readonly of: number }) {
  const id = useId();
  const words = `${number(done)} of ${number(of)}`;
  return (
    <div
      className="progress"
      role="progressbar"
      aria-labelledby={id}
      aria-valuemin={0}
      aria-valuemax={Math.max(of, 1)}
      {...(of === 0 ? {} : { 'aria-valuenow': done, 'aria-valuetext': words })}
    >
      <div className="progress-words">
        <span id={id}>{label}</span>
        {of > 0 && <span>{words}</span>}
      </div>
      <div className={of === 0 ? 'progress-bar busy' : 'progress-bar'}>
        <div style={{ width: `${of === 0 ? 100 : Math.min(100, (done / of) * 100)}%` }} />
      </div>
    </div>
  );
}
