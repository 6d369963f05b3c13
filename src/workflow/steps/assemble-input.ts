import type { Structure } from '../../structure/structure.ts'
import { formula } from '../../structure/structure.ts'
import { flattenGroups, type IncarGroups } from '../../vasp/input/incar-settings.ts'
import { axes, explicitMesh, meshFromDensity, meshFromSpacing, type KMesh } from '../../vasp/input/k-mesh.ts'
import { methodPreset } from '../../vasp/input/method-presets.ts'
import { pawDataset } from '../../vasp/input/paw-data.ts'
import { electronCount, potcarSpec, type PotcarSpec } from '../../vasp/input/potcar-spec.ts'
import { vacuumAxes } from '../../vasp/input/vacuum.ts'
import { applyOverrides } from './overrides.ts'
import type { StepKindName, StepSettings, VaspInput } from './step-kind.ts'

/** The rest of a step's input, once its tags are known: user's tags, mesh, datasets, electrons, notes. */
export function assembleInput(
  step: StepKindName,
  planned: IncarGroups,
  settings: StepSettings,
  structure: Structure,
): VaspInput {
  const { groups, notes } = applyOverrides(planned, settings.overrides)
  const incar = flattenGroups(groups)
  const potcars = potcarSpec(structure, settings.potcars)
  const kMesh = meshOf(settings, structure)
  const preset = methodPreset(settings.method)
  return {
    templateName: `vasp/INCAR.${step}.hbs`,
    step,
    functional: preset.label + (incar.LDAU === true ? '+U' : ''),
    incar,
    incarGroups: groups,
    kMesh,
    kpointsComment: kpointsComment(kMesh, settings, structure),
    structure,
    potcars,
    electronCount: electronCount(structure, potcars),
    // A user may have switched the non-local term off.
    needsVdwKernel: preset.needsVdwKernel && incar.LUSE_VDW === true,
    notes: [
      ...notes,
      ...kMesh.warnings,
      ...cutoffNotes(settings, potcars),
      ...momentNotes(settings, incar.MAGMOM),
    ],
  }
}

function meshOf({ kpoints }: StepSettings, structure: Structure): KMesh {
  const { lattice } = structure
  const vacuumAxis = vacuumAxes(structure).flatMap((index) => axes[index] ?? [])
  const { mesh, pointsPerReciprocalAtom, ...spacing } = kpoints
  if (mesh !== undefined) return explicitMesh(mesh, lattice, vacuumAxis)
  if (pointsPerReciprocalAtom === undefined) return meshFromSpacing({ ...spacing, lattice, vacuumAxis })
  return meshFromDensity({ lattice, vacuumAxis, pointsPerReciprocalAtom, atomCount: structure.sites.length })
}

function kpointsComment(kMesh: KMesh, { kpoints }: StepSettings, structure: Structure): string {
  if (kpoints.mesh !== undefined)
    return `${formula(structure)}: mesh as given, as KSPACING ${kMesh.equivalentKspacing.toFixed(4)}`
  if (kpoints.pointsPerReciprocalAtom !== undefined)
    return `${formula(structure)}: ${kpoints.pointsPerReciprocalAtom} per reciprocal atom, as KSPACING ${kMesh.equivalentKspacing.toFixed(4)}`
  const wanted = kpoints.unit === '2pi/A' ? `2pi x ${kpoints.spacing} 1/A` : `${kpoints.spacing} 1/A`
  return `${formula(structure)}: ${wanted}, ${kpoints.rounding}, as KSPACING ${kMesh.equivalentKspacing.toFixed(4)}`
}

// A cell that changes keeps its plane waves while the cut-off sphere would change: the stress needs a larger basis.
const cellRelaxationFactor = 1.3

function cutoffNotes({ encutEv, isif }: StepSettings, potcars: PotcarSpec): readonly string[] {
  const factor = isif === 3 ? cellRelaxationFactor : 1
  return [...new Set(potcars.map(({ symbol }) => symbol))].flatMap((symbol) => {
    const enmaxEv = pawDataset(symbol)?.enmaxEv ?? 0
    if (encutEv >= factor * enmaxEv) return []
    const why = isif === 3 ? `${factor} × ENMAX, which a changing cell needs` : 'ENMAX'
    return [`ENCUT = ${encutEv} eV is below ${why}: ${symbol} asks for ${(factor * enmaxEv).toFixed(0)} eV.`]
  })
}

function momentNotes({ ispin }: StepSettings, magmom: unknown): readonly string[] {
  if (ispin === 1 || magmom !== undefined) return []
  return ['No site has a magnetic moment: VASP starts every atom at 1 μB.']
}
