import type { Lattice } from '../structure/lattice.ts'
import type { Outcar } from '../vasp/output/outcar/outcar.ts'
import type { RunSettings } from './run-settings.ts'

/** What the OUTCAR does not say about itself. */
export interface RunContext {
  readonly step: string
  /** From KPOINTS: the OUTCAR lists only the points that symmetry left. */
  readonly kMesh: readonly [number, number, number]
  readonly lattice: Lattice
  readonly isReference?: boolean
}

/** The settings that VASP says it used, so that a wrong INCAR or POTCAR is seen when energies are compared. */
export function settingsFromOutcar(
  outcar: Outcar,
  { step, kMesh, lattice, isReference }: RunContext,
): RunSettings {
  const { settings } = outcar
  return {
    method: outcar.method,
    step,
    functional: functionalOf(outcar),
    hubbardUEv: perElement(outcar, (index) => effectiveUEv(outcar, index)),
    potentials: perElement(outcar, (index) => outcar.species[index]?.titel),
    ENCUT: Number(settings.ENCUT),
    PREC: precisionName(String(settings.PREC ?? 'normal')),
    LASPH: settings.LASPH === true,
    LREAL: String(settings.LREAL ?? false),
    ISMEAR: Number(settings.ISMEAR),
    SIGMA: Number(settings.SIGMA ?? outcar.incar.SIGMA),
    kMesh,
    lattice,
    ...(isReference === undefined ? {} : { isReference }),
  }
}

/** GGA, hybrid, meta and van der Waals as printed; `--` is the functional of the potentials. */
function functionalOf({ settings, vdw }: Outcar): string {
  const gga = String(settings.GGA ?? '--')
  const meta = String(settings.METAGGA ?? 'F')
  const parts = [
    gga === '--' ? 'of the potentials' : `GGA = ${gga}`,
    ...(['F', 'false', '--', 'none'].includes(meta) ? [] : [`METAGGA = ${meta}`]),
    ...(settings.LHFCALC === true ? [`hybrid ${settings.AEXX ?? ''} ${settings.HFSCREEN ?? ''}`.trim()] : []),
    ...(vdw?.nonlocal === true ? ['non-local van der Waals'] : []),
    ...(vdw?.parameters.IVDW === undefined || vdw.parameters.IVDW === 0
      ? []
      : [`IVDW = ${vdw.parameters.IVDW}`]),
  ]
  return parts.join(', ')
}

/** U − J in eV, 0 where no angular momentum is set. */
function effectiveUEv({ hubbard }: Outcar, index: number): number {
  const momentum = hubbard?.angularMomentum?.[index] ?? -1
  return momentum < 0 ? 0 : (hubbard?.uEv?.[index] ?? 0) - (hubbard?.jEv?.[index] ?? 0)
}

function perElement<T>(outcar: Outcar, value: (index: number) => T | undefined): Readonly<Record<string, T>> {
  const entries = outcar.species.flatMap(({ symbol }, index): [string, T][] => {
    const found = value(index)
    return found === undefined ? [] : [[symbol.split(/[_.]/)[0] ?? symbol, found]]
  })
  return Object.fromEntries(entries)
}

/** VASP prints `accura`, `accurate` or `normal`, and takes any of them by the first letter. */
function precisionName(text: string): string {
  const names = ['accurate', 'normal', 'low', 'medium', 'high', 'single']
  return names.find((name) => name.startsWith(text.toLowerCase().slice(0, 3))) ?? text.toLowerCase()
}
