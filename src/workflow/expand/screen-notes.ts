import type { Slab } from '../../structure/slab/slab.ts'
import type { Screen } from '../screen/screen-schema.ts'

/** What a reader should know of the whole screen: what was cut, and every reading of a text that allows several. */
export function screenNotes(screen: Screen, slab: Slab): readonly string[] {
  return [
    `(${slab.millerIndex.join(' ')}) in the setting of the host file, termination ${slab.termination.name}: ${slab.termination.summary}.`,
    `${slab.repeats} repeats, ${slab.thicknessAngstrom.toFixed(2)} Å thick, ${slab.areaAngstrom2.toFixed(1)} Å² in the plane, ${slab.vacuumAngstrom} Å of vacuum, experimental lattice.`,
    kpointsNote(screen),
    hubbardNote(screen),
    `Magnetic order at the start: ${screen.method.magneticOrder === 'fm' ? 'ferromagnetic' : 'Néel'}, the same in every member.`,
    'Cells are neutral: NELECT is never set; what the formal charges leave over is placed by the calculation.',
    ...(screen.dopants?.preset === 'paper' ? [paperNote] : []),
  ]
}

function kpointsNote({ kpoints }: Screen): string {
  const reading = kpoints.unit === '2pi/A' ? '2π × ' : ''
  return `k-points ${reading}${kpoints.spacing} Å⁻¹, rounded ${kpoints.rounding === 'ceil' ? 'up' : 'to the nearest'}, one along the vacuum.`
}

function hubbardNote({ method }: Screen): string {
  const values = Object.entries(method.hubbardU).map(([element, u]) => `${element} ${u} eV`)
  if (values.length === 0) return 'No U on any element.'
  const steps = (['relax', 'static'] as const).filter((step) => method[step].useU)
  return `U − J (Dudarev): ${values.join(', ')}, in ${steps.join(' and ')}.`
}

const paperNote =
  'The paper leaves open: thickness, surface cell, termination, dopant sites in the calculations, compensation, magnetic order, +U in the relaxation; this screen states its choices.'
