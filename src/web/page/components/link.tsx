import type { AnchorHTMLAttributes, ComponentChildren } from 'preact'
import { goTo } from '../router.ts'

type LinkProps = Omit<AnchorHTMLAttributes, 'href' | 'role'> & { readonly to: string; readonly children?: ComponentChildren }

/** A link within the page; with a modifier key it opens as any other. */
export function Link({ to, children, ...rest }: LinkProps) {
  const onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <a {...rest} href={to} onClick={onClick}>
      {children}
    </a>
  )
}
