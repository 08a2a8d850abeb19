import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Modal as AriaModal, Heading, ModalOverlay } from 'react-aria-components';
import { Button } from './parts.tsx';

export interface WindowProps {
  readonly title: string;
  readonly open: boolean;
  onClose(): void;
  readonly wide?: boolean;
  /** At the side and as high as the page: it is read beside the list that it belongs to, which keeps its place. */
  readonly drawer?: boolean;
  readonly children: ReactNode;
}

/** A window over the page. The x and Escape close it, and the focus returns to where it was. */
export function Window({ title, open, onClose, wide = false, drawer = false, children }: WindowProps) {
  return (
    <ModalOverlay
      className={drawer ? 'overlay aside-overlay' : 'overlay'}
      isOpen={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
    >
      <AriaModal className={drawer ? 'window drawer' : wide ? 'window wide' : 'window'}>
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
