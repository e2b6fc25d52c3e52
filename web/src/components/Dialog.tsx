import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import '../styles/dialog.css'

/** A question that has to be answered first. The focus is kept inside and goes back to where it was. */
export function Dialog({ title, on_close, children }: { title: string; on_close: () => void; children: ReactNode }) {
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={open => { if (!open) on_close() }} className="overlay">
      <Modal className="modal">
        <AriaDialog className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
