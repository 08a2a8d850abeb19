import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Modal as AriaModal, Heading, ModalOverlay } from 'react-aria-components';
import { Button } from './parts.tsx';

export interface WindowProps {
  readonly title: string;
  readonly open: boolean;
  onClose(): void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A window over the page. The x and Escape close it, and the focus returns to where it was. */
export function Window({ title, open, onClose, wide = false, children }: WindowProps) {
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(isOpen) => !isOpen && onClose()} isDismissable>
      <AriaModal className={wide ? 'window wide' : 'window'}>
        <AriaDialog className="dialog">
          <header className="window-head">
            <Heading slot="title">{title}</Heading>
            <Button kind="quiet" aria-label="Close" onPress={onClose}>
              ×
            </Button>
          </header>
          {children}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}
