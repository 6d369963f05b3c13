import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readCif } from '../../../src/structure/cif/read-cif.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import { expandScreen } from '../../../src/workflow/expand/expand-screen.ts'
import type { Plan } from '../../../src/workflow/plan.ts'
import type { PlannedCalculation } from '../../../src/workflow/planned-calculation.ts'
import { readScreen } from '../../../src/workflow/screen/read-screen.ts'

const root = resolve(import.meta.dirname, '../../..')

export const flagshipText = readFileSync(resolve(root, 'examples/li2mno3-010/screen.yaml'), 'utf8')
export const host = readCif(readFileSync(resolve(root, 'structures/li2mno3.cif'), 'utf8')).structure

/** The plan of a screen file on Li2MnO3, or on another host. */
export function planOf(text: string, crystal: Structure = host): Plan {
  return expandScreen(readScreen(text, 'screen.yaml'), crystal)
}

/** The flagship screen without its check of the grid, and with some of its text replaced; every replacement must be there. */
export function flagshipWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the flagship screen has no "${from}"`)
    return text.replace(from, to)
  }, flagshipText.replace(/^chargeGridCheck:.*\n/m, ''))
}

/** The atoms that a candidate starts from, POSCAR order. */
export function startOf(plan: Plan, candidateId: string): Structure {
  const { start } = calculationOf(plan, candidateId, 'relax')
  if (start.kind !== 'structure') throw new Error(`${candidateId} starts from ${start.from}`)
  return start.structure
}

export function calculationOf(plan: Plan, candidateId: string, step: string): PlannedCalculation {
  const found = plan.calculations.find((each) => each.candidateId === candidateId && each.step === step)
  if (found === undefined) throw new Error(`the plan has no ${step} of ${candidateId}`)
  return found
}

export function candidateOf(plan: Plan, id: string): Plan['candidates'][number] {
  const found = plan.candidates.find((candidate) => candidate.id === id)
  if (found === undefined)
    throw new Error(`the plan has ${plan.candidates.map((each) => each.id).join(', ')}, not ${id}`)
  return found
}
