import type { Slab } from '../../structure/slab/slab.ts'
import { formula } from '../../structure/structure.ts'
import type { Screen } from '../screen/screen-schema.ts'
import type { BuiltHost } from './built-host.ts'
import { momentsOf } from './seeded-host.ts'
import { cellRelaxationEncutEv, screenSteps } from './step-settings.ts'
import { magneticOrders } from './variations.ts'

/** What a reader should know of the whole screen: what was cut, and every reading of a text that allows several. */
export function screenNotes(screen: Screen, host: BuiltHost): readonly string[] {
  return [
    ...(host.slab === undefined ? bulkNotes(screen, host) : slabNotes(host.slab)),
    kpointsNote(screen, host),
    hubbardNote(screen),
    ...magneticNotes(screen, host),
    'Cells are neutral: NELECT is never set; what the formal charges leave over is placed by the calculation.',
    ...referenceNotes(screen),
    ...(screen.dopants?.preset === 'paper' ? [paperNote] : []),
  ]
}

function slabNotes(slab: Slab): readonly string[] {
  return [
    `(${slab.millerIndex.join(' ')}) in the setting of the host file, termination ${slab.termination.name}: ${slab.termination.summary}.`,
    `${slab.repeats} repeats, ${slab.thicknessAngstrom.toFixed(2)} Å thick, ${slab.areaAngstrom2.toFixed(1)} Å² in the plane, ${slab.vacuumAngstrom} Å of vacuum, experimental lattice.`,
  ]
}

function bulkNotes(screen: Screen, host: BuiltHost): readonly string[] {
  const size = (screen.bulk?.supercell ?? [1, 1, 1]).join(' × ')
  const cell = `Bulk: ${size} cells of the host file, ${formula(host.structure)}, periodic in all directions.`
  if (screen.host.lattice === 'experimental')
    return [cell, 'The lattice is that of the host file in every member; only ions move.']
  return [
    cell,
    `Every member finds its own lattice: ISIF = 3 in the relaxation, with ENCUT of at least 1.3 × the largest ENMAX, ${cellRelaxationEncutEv(screen)} eV.`,
  ]
}

function kpointsNote({ kpoints }: Screen, { slab }: BuiltHost): string {
  if (kpoints.mesh !== undefined)
    return `k-points ${kpoints.mesh.join(' × ')} in every cell, as the screen says.`
  const reading = kpoints.unit === '2pi/A' ? '2π × ' : ''
  const vacuum = slab === undefined ? '' : ', one along the vacuum'
  return `k-points ${reading}${kpoints.spacing} Å⁻¹, rounded ${kpoints.rounding === 'ceil' ? 'up' : 'to the nearest'}${vacuum}.`
}

function hubbardNote(screen: Screen): string {
  const values = Object.entries(screen.method.hubbardU).map(([element, u]) => `${element} ${u} eV`)
  if (values.length === 0) return 'No U on any element.'
  const steps = screenSteps(screen).filter((step) => step.settings(false).useU)
  return `U − J (Dudarev): ${values.join(', ')}, in ${steps.map(({ name }) => name).join(' and ')}.`
}

function magneticNotes(screen: Screen, host: BuiltHost): readonly string[] {
  return magneticOrders(screen).flatMap((order, i) => {
    const name = order === 'fm' ? 'ferromagnetic' : 'Néel'
    const told = `Magnetic order ${i === 0 ? 'at the start' : `of the candidates with -${order}`}: ${name}, the same in every member.`
    const { frustrated, frustratedPairs, pairs } = momentsOf(screen, host, order)
    if (!frustrated) return [told]
    return [
      told,
      `The magnetic ions are frustrated: ${frustratedPairs} of ${pairs} neighbouring pairs stay parallel in the Néel start.`,
    ]
  })
}

function referenceNotes({ references }: Screen): readonly string[] {
  const phases = references.flatMap((rule) => (rule === 'bulk' ? [] : [typeof rule === 'string' ? rule : rule.name]))
  return [
    ...(references.includes('bulk') ? [bulkNote] : []),
    ...(phases.length === 0
      ? []
      : [
          `References ${phases.join(', ')}: same functional, U, cut-off and k-point density in the static step; their cells relax first (ISIF = 3), molecules keep their box, metals have ISMEAR = 1.`,
        ]),
  ]
}

const bulkNote =
  'bulk is the crystal in the lattice that the slab shares; its ions relax, its cell does not. Surface energies are measured against it, at the same settings.'

const paperNote =
  'The paper leaves open: thickness, surface cell, termination, dopant sites in the calculations, compensation, magnetic order, +U in the relaxation; this screen states its choices.'
