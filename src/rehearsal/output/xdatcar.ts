import type { Structure } from '../../structure/structure.ts'
import type { IonicStep } from '../relax.ts'
import type { RunContext } from '../run-context.ts'
import { movedStructure } from './contcar.ts'
import { fixed, integer } from './fortran.ts'

/** Cell and species at the head of XDATCAR. */
export function xdatcarHead(run: RunContext): string {
  const { structure, species } = run.inputs
  return [
    structure.comment.slice(0, 40),
    '           1',
    ...structure.lattice.map((row) => '  ' + row.map((x) => fixed(x, 12, 6)).join('')),
    species.map(({ element }) => `   ${element.padEnd(2)}`).join(''),
    species.map(({ count }) => integer(count, 4)).join(''),
    '',
  ].join('\n')
}

export function xdatcarStep(structure: Structure, step: IonicStep): string {
  const rows = movedStructure(structure, step.positions).sites.map(({ fractional }) =>
    fractional.map((x) => fixed(x, 12, 8)).join(''),
  )
  return [`Direct configuration=${integer(step.number, 6)}`, ...rows, ''].join('\n')
}
