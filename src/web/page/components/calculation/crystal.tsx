import { useEffect, useRef, useState } from 'preact/hooks'
import { isDark } from '../../theme.ts'
import type { CrystalViewer, View } from '../../viewer/crystal-viewer.ts'

const turns: Readonly<Record<string, readonly [number, 'vx' | 'vy']>> = { ArrowLeft: [-10, 'vy'], ArrowRight: [10, 'vy'], ArrowUp: [-10, 'vx'], ArrowDown: [10, 'vx'] }

/** The picture itself. Its library is fetched when the first structure is shown, not with the page. */
export function Crystal({ view, onPick }: { view: View; onPick: (atom: number) => void }) {
  const box = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<CrystalViewer | undefined>(undefined)
  const [trouble, setTrouble] = useState('')
  const dark = isDark()
  useEffect(() => {
    let made: CrystalViewer | undefined
    let isGone = false
    const make = async (): Promise<void> => {
      const { crystalViewer } = await import('../../viewer/crystal-viewer.ts')
      if (isGone || box.current === null) return
      made = crystalViewer(box.current, colours(), onPick)
      setViewer(made)
    }
    make().catch(() => setTrouble('This browser cannot draw in 3D (WebGL is off).'))
    return () => {
      isGone = true
      made?.close()
    }
  }, [dark])
  useEffect(() => viewer?.show(view), [viewer, view.scene, view.arrows, view.showsLabels, view.cells])
  const onKeyDown = (event: KeyboardEvent): void => {
    const turn = turns[event.key]
    if (turn !== undefined) viewer?.turn(...turn)
    else if (event.key === '+' || event.key === '-') viewer?.zoom(event.key === '+' ? 1.15 : 0.87)
    else return
    event.preventDefault()
  }
  if (trouble !== '') return <p class="quiet">{trouble}</p>
  const atoms = view.scene.kinds.length
  return <div class="viewer" ref={box} tabIndex={0} role="application" aria-label={`${atoms} atoms in 3D: arrow keys turn them, plus and minus zoom`} onKeyDown={onKeyDown} />
}

function colours() {
  const styles = getComputedStyle(document.documentElement)
  const colour = (name: string): string => styles.getPropertyValue(`--${name}`).trim()
  return { ground: colour('sunk'), ink: colour('ink'), cell: colour('line-strong'), mark: colour('dopant') }
}
