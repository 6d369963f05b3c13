import { confession, versionNumber, type RunContext } from '../run-context.ts'

/** The first lines on standard output. */
export function greeting(run: RunContext): string {
  const { structure, species, settings } = run.inputs
  const types = species.map(({ element }) => element).join(' ')
  return [
    ' running on    1 total cores',
    ' distrk:  each k-point on    1 cores,    1 groups',
    ' distr:  one band on    1 cores,    1 groups',
    ` vasp.${versionNumber} (build Jan  1 2026 00:00:00) complex`,
    ...confession(run).map((line) => ` ${line}`),
    ` POSCAR found type information on POSCAR ${types}`,
    ` POSCAR found :${String(species.length).padStart(3)} types and ${String(structure.sites.length).padStart(7)} ions`,
    ` POSCAR, INCAR and KPOINTS ok, starting ${settings.NSW > 0 ? 'relaxation' : 'static run'}`,
    ' entering main loop',
    '',
  ].join('\n')
}
