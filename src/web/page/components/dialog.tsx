import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The browser's own dialog: it keeps the focus inside, closes with Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null
    element.current?.showModal()
    // A long text is read from its beginning, wherever its first button is.
    element.current?.scrollTo(0, 0)
    return () => opener?.focus()
  }, [])
  return (
    <dialog ref={element} aria-labelledby="dialog-title" onClose={onClose} onClick={(event) => event.target === element.current && element.current?.close()}>
      <div class="dialog">
        <h2 id="dialog-title">{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
