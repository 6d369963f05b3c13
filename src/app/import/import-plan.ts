import { settingsFromOutcar } from '../../analysis/settings-from-outcar.ts'
import type { Structure } from '../../structure/structure.ts'
import { methodPresets } from '../../vasp/input/method-presets.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import type { PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { defaultStaticSettings, type StepSettings } from '../../workflow/steps/step-kind.ts'
import { unknownMesh, type ImportedRun } from './read-imported.ts'

const noIons: Structure = { comment: 'not known', lattice: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], sites: [] } // prettier-ignore

/** What would have been planned: the settings as OUTCAR prints them, from the structure that was sent. */
export function importedPlan(run: ImportedRun, candidateId: string, screenName: string): PlannedCalculation {
  const { folder, kind, kMesh, outcar, written = noIons } = run
  return {
    id: `${screenName}/${candidateId}/${kind}`,
    candidateId,
    step: kind,
    kind,
    dependsOn: [],
    functional: outcar === undefined ? 'not known' : functionalOf(outcar, written),
    kMesh: kMesh ?? unknownMesh,
    electronCount: Math.round(outcar?.electronCount ?? 0),
    folder: `imported/${screenName}/${candidateId}/${kind}`,
    start: { kind: 'structure', structure: written },
    settings: outcar === undefined ? defaultStaticSettings : settingsOf(outcar, written),
    notes: [
      `Imported from ${folder}: nothing was planned or sent by dopant.`,
      ...(kMesh === undefined ? ['No KPOINTS with a mesh was found: energies that need equal meshes are not compared.'] : []),
    ],
  }
}

function printed(outcar: Outcar, lattice: Structure['lattice']) {
  return settingsFromOutcar(outcar, { step: '', kMesh: unknownMesh, lattice })
}

/** Hubbard terms and the functional's usual name where OUTCAR prints its tags; else the tags. */
function functionalOf(outcar: Outcar, { lattice }: Structure): string {
  const { functional, hubbardUEv } = printed(outcar, lattice)
  const hasU = Object.values(hubbardUEv).some((ev) => ev !== 0)
  const name = presetOf(outcar)?.label ?? usualNames[functional] ?? functional
  return hasU ? `${name}+U` : name
}

/** @source https://vasp.at/wiki/GGA */
const usualNames: Readonly<Record<string, string>> = {
  ...{ 'GGA = PS': 'PBEsol', 'GGA = RP': 'RPBE', 'GGA = RE': 'revPBE', 'GGA = CA': 'LDA', 'GGA = 91': 'PW91', 'GGA = AM': 'AM05' },
}

/** Only plain PBE is told for sure from what every OUTCAR prints. */
function presetOf(outcar: Outcar): (typeof methodPresets)[number] | undefined {
  const { functional } = printed(outcar, noIons.lattice)
  const isPbeDataset = outcar.species.every(({ titel }) => titel?.startsWith('PAW_PBE') === true)
  const isPbe = functional === 'GGA = PE' || (functional === 'of the potentials' && isPbeDataset)
  return isPbe ? methodPresets.find(({ name }) => name === 'pbe') : undefined
}

function settingsOf(outcar: Outcar, { lattice }: Structure): StepSettings {
  const { hubbardUEv } = printed(outcar, lattice)
  const number = (tag: string, otherwise: number): number => {
    const value = Number(outcar.settings[tag] ?? outcar.incar[tag])
    return Number.isFinite(value) ? value : otherwise
  }
  const [forceLimit, isym] = [number('EDIFFG', 0), number('ISYM', 0)]
  return {
    ...defaultStaticSettings,
    encutEv: number('ENCUT', defaultStaticSettings.encutEv),
    ediffEv: number('EDIFF', defaultStaticSettings.ediffEv),
    ediffgEvPerAngstrom: Math.abs(forceLimit),
    maxIonicSteps: number('NSW', 0),
    isif: number('ISIF', 2) === 3 ? 3 : 2,
    useU: Object.values(hubbardUEv).some((ev) => ev !== 0),
    hubbardU: hubbardUEv as StepSettings['hubbardU'],
    ispin: number('ISPIN', 1) === 2 ? 2 : 1,
    isym: isym === -1 || isym === 1 || isym === 2 || isym === 3 ? isym : 0,
    ismear: number('ISMEAR', 0),
    sigmaEv: number('SIGMA', defaultStaticSettings.sigmaEv),
    lreal: String(outcar.settings['LREAL'] ?? false) !== 'false',
  }
}
