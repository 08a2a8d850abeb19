import { useId, useState } from 'react';

interface DropFilesProps {
  readonly label: string;
  readonly isDisabled: boolean;
  onFiles(files: readonly File[]): void;
}

/** A place to drop files, several at once; a click or the keyboard opens the browser's own choice of files. */
export function DropFiles({ label, isDisabled, onFiles }: DropFilesProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    if (files !== null && files.length > 0 && !isDisabled) onFiles([...files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field inside is the first
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        multiple
        accept=".csv,.tsv,.txt,.xlsx"
        disabled={isDisabled}
        onChange={({ target }) => {
          take(target.files);
          target.value = '';
        }}
      />
      <p className="aside">CSV or Excel files, up to 1 GB together. Drop several at once: invoices, items and payments.</p>
    </div>
  );
}
