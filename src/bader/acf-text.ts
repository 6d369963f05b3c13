import { toCartesian } from '../structure/lattice.ts'
import type { Structure } from '../structure/structure.ts'
import type { BaderResult } from './partition.ts'

const rule = ` ${'-'.repeat(80)}`

/** ACF.dat as the Fortran program 1.x writes it: Å, e, Å³, atoms in POSCAR order, vacuum and sum below. */
export function acfText(result: BaderResult, structure: Structure): string {
  const rows = structure.sites.map((site, index) => {
    const atom = result.atoms[index]
    const numbers = [
      ...toCartesian(structure.lattice, site.fractional),
      atom?.electrons ?? 0,
      atom?.minDistanceAngstrom ?? 0,
      atom?.volumeAngstrom3 ?? 0,
    ]
    const widths = [12, 12, 12, 12, 13, 13]
    return (
      String(index + 1).padStart(5) +
      numbers.map((value, n) => value.toFixed(6).padStart(widths[n] ?? 12)).join('')
    )
  })
  const header = '    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL'
  return `${[header, rule, ...rows, rule, ...footer(result)].join('\n')}\n`
}

function footer(result: BaderResult): string[] {
  const line = (label: string, value: number): string =>
    `    ${label.padEnd(20)} ${value.toFixed(4).padStart(14)}`
  return [
    line('VACUUM CHARGE:', result.vacuumElectrons),
    line('VACUUM VOLUME:', result.vacuumVolumeAngstrom3),
    line('NUMBER OF ELECTRONS:', result.electronCount),
  ]
}
