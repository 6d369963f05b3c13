import { createViewer, type GLViewer } from '3dmol/build/3Dmol.es6-min.js'
import type { ViewerScene } from '../../../app/report/viewer-scenes.ts'
import { imagesOf, longestSpan } from './periodic-images.ts'

/** What is to be seen. */
export interface View {
  readonly scene: ViewerScene
  readonly labels: readonly string[]
  /** [atom][xyz] flat, Å; drawn as arrows when there are some. */
  readonly arrows: readonly number[]
  readonly showsLabels: boolean
  /** Cells along a and b. */
  readonly cells: number
}

export interface CrystalViewer {
  show(view: View): void
  /** Around an axis of the screen. */
  turn(degrees: number, axis: 'vx' | 'vy'): void
  zoom(factor: number): void
  close(): void
}

/** Colours of the page, which a canvas cannot inherit. */
export interface ViewerColours {
  readonly ground: string
  readonly ink: string
  readonly cell: string
  readonly mark: string
}

/** Draws atoms and half bonds as they come from the library: no bond is guessed here, and cells fit without seams. */
export function crystalViewer(element: HTMLElement, colours: ViewerColours, onPick: (atom: number) => void): CrystalViewer {
  const viewer = createViewer(element, { backgroundColor: colours.ground, antialias: true, orthographic: true, disableFog: true })
  let isFirst = true
  const show = (view: View): void => {
    viewer.removeAllShapes()
    viewer.removeAllLabels()
    drawAtoms(viewer, view, colours, onPick)
    if (isFirst) {
      // Before the cell is drawn: its vacuum would only make the atoms small.
      viewer.zoomTo()
      // c upwards, seen a little from the side: a slab stands as on paper.
      viewer.rotate(-84, 'vx')
      viewer.rotate(-16, 'z')
    }
    isFirst = false
    drawCell(viewer, view.scene.lattice, colours.cell)
    viewer.render()
  }
  return {
    show,
    turn: (degrees, axis) => void viewer.rotate(degrees, axis),
    zoom: (factor) => void viewer.zoom(factor),
    close: () => {
      viewer.clear()
      element.replaceChildren()
    },
  }
}

function drawAtoms(viewer: GLViewer, view: View, colours: ViewerColours, onPick: (atom: number) => void): void {
  const { scene, labels, arrows, showsLabels, cells } = view
  const images = imagesOf(scene.lattice, cells)
  for (const [n, shift] of images.entries()) {
    drawSticks(viewer, scene, shift)
    for (const [atom, kind] of scene.kinds.entries()) {
      const { colour, radius } = scene.species[kind]!
      const center = point(scene.positions, atom, shift)
      viewer.addSphere({ center, radius, color: colour, quality: 2, clickable: true, callback: () => onPick(atom) })
      if (scene.marked.includes(atom)) viewer.addSphere({ center, radius: radius * 1.25, color: colours.mark, opacity: 0.35 })
      const isNamed = n === 0 && (showsLabels || scene.marked.includes(atom))
      if (isNamed) viewer.addLabel(labels[atom] ?? '', labelStyle(center, colours))
      drawArrow(viewer, center, arrows, atom, colours)
    }
  }
}

interface Point {
  readonly x: number
  readonly y: number
  readonly z: number
}

function point(flat: readonly number[], index: number, [dx, dy, dz]: readonly [number, number, number]): Point {
  return { x: (flat[3 * index] ?? 0) + dx, y: (flat[3 * index + 1] ?? 0) + dy, z: (flat[3 * index + 2] ?? 0) + dz }
}

/** One shape for all half bonds of an element: hundreds of shapes of their own would be slow. */
function drawSticks(viewer: GLViewer, { sticks, species, kinds, positions }: ViewerScene, shift: readonly [number, number, number]): void {
  const shapes = species.map(({ colour }) => viewer.addShape({ color: colour }))
  for (let n = 0; n < sticks.length; n += 4) {
    const atom = sticks[n] ?? 0
    const start = point(positions, atom, shift)
    const end = { x: start.x + (sticks[n + 1] ?? 0), y: start.y + (sticks[n + 2] ?? 0), z: start.z + (sticks[n + 3] ?? 0) }
    shapes[kinds[atom] ?? 0]?.addCylinder({ start, end, radius: 0.09, fromCap: 0, toCap: 0 })
  }
}

/** Shifts too small to matter would only be dust. */
const shortestArrowAngstrom = 0.03
const arrowScale = 4

function drawArrow(viewer: GLViewer, start: Point, arrows: readonly number[], atom: number, colours: ViewerColours): void {
  const [x, y, z] = [arrows[3 * atom] ?? 0, arrows[3 * atom + 1] ?? 0, arrows[3 * atom + 2] ?? 0]
  if (Math.hypot(x, y, z) < shortestArrowAngstrom) return
  const end = { x: start.x + arrowScale * x, y: start.y + arrowScale * y, z: start.z + arrowScale * z }
  viewer.addArrow({ start, end, radius: 0.09, radiusRatio: 2.2, mid: 0.7, color: colours.ink })
}

function drawCell(viewer: GLViewer, lattice: readonly number[], color: string): void {
  const corner = (i: number, j: number, k: number): Point => {
    const at = (axis: number): number => i * (lattice[axis] ?? 0) + j * (lattice[3 + axis] ?? 0) + k * (lattice[6 + axis] ?? 0)
    return { x: at(0), y: at(1), z: at(2) }
  }
  const radius = longestSpan(lattice) / 600
  for (const [i, j] of [[0, 0], [0, 1], [1, 0], [1, 1]] as const) {
    viewer.addCylinder({ start: corner(0, i, j), end: corner(1, i, j), radius, color })
    viewer.addCylinder({ start: corner(i, 0, j), end: corner(i, 1, j), radius, color })
    viewer.addCylinder({ start: corner(i, j, 0), end: corner(i, j, 1), radius, color })
  }
}

function labelStyle(position: Point, { ground, ink }: ViewerColours) {
  return { position, inFront: true, fontSize: 12, fontColor: ink, backgroundColor: ground, backgroundOpacity: 0.72, showBackground: true, padding: 2, borderThickness: 0 }
}
