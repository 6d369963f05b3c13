import type { Ion } from '../model/ions.ts'
import { ionElectrons } from '../density/ion-electrons.ts'
import type { RunContext } from '../run-context.ts'
import { fixed, integer } from './fortran.ts'

/** The tables of charge and moment per ion that LORBIT ≥ 10 asks for, or nothing. */
export function ionTables(run: RunContext): string {
  const { LORBIT, ISPIN } = run.inputs.settings
  if (LORBIT < 10) return ''
  const populations = ionElectrons(run).map((electrons, i) => inShells(electrons, run.ions[i]!))
  const moments = [...run.momentsMuB].map((moment, i) => momentInShells(moment, run.ions[i]!))
  return table(' total charge', populations) + (ISPIN === 2 ? table(' magnetization (x)', moments) : '')
}

type Shells = readonly [s: number, p: number, d: number]

function table(title: string, rows: readonly Shells[]): string {
  const numbers = (row: Shells) => [...row, row[0] + row[1] + row[2]].map((x) => fixed(x, 8, 3)).join('')
  const sum: Shells = [0, 1, 2].map((l) =>
    rows.reduce((total, row) => total + row[l]!, 0),
  ) as unknown as Shells
  const footer = rows.length > 1 ? ['-'.repeat(50), `tot      ${numbers(sum).slice(1)}`] : []
  return [
    '',
    '',
    '',
    title,
    '',
    '# of ion       s       p       d       tot',
    '-'.repeat(42),
    ...rows.map((row, i) => `${integer(i + 1, 5)}     ${numbers(row)}`),
    ...footer,
    '',
  ].join('\n')
}

// How the electrons of a placeholder ion are told apart by angular momentum: fixed shares, for the shape of the table.
function inShells(electrons: number, ion: Ion): Shells {
  if (ion.isOxygen) return shared(electrons, [0.25, 0.75, 0])
  if (isTransitionMetal(ion)) return shared(electrons, [0.03, 0.54, 0.43])
  return shared(electrons, ion.element === 'Li' ? [1, 0, 0] : [0.4, 0.6, 0])
}

function momentInShells(moment: number, ion: Ion): Shells {
  return isTransitionMetal(ion) ? [0, 0, moment] : [0, moment, 0]
}

function shared(total: number, shares: Shells): Shells {
  return [total * shares[0], total * shares[1], total * shares[2]]
}

function isTransitionMetal(ion: Ion): boolean {
  return 'Sc Ti V Cr Mn Fe Co Ni Cu Zn Y Zr Nb Mo Ru Hf Ta W'.split(' ').includes(ion.element)
}
