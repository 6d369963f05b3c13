import { indicesOf } from '../../analysis/formal-states.ts'
import { oxygenPairs, oxygenPairLimitsAngstrom, shortestOxygenDistanceAngstrom } from '../../analysis/oxygen-pairs.ts'
import { meanVoltage } from '../../analysis/voltage.ts'
import { missing, type Cell, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import { pendingReason, type CandidateResult } from './candidate-result.ts'
import { flagsCell, flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'
import { energyCell, energyRun, whyNoEnergy } from './energy-runs.ts'
import { censusText } from './moment-words.ts'
import { forHost, hostCation } from './host-cation.ts'

export const delithiationColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'remainingLithium', label: 'x(Li)', digits: 3, description: 'Lithium left per formula unit of the host' },
  { key: 'removedLithium', label: 'Li removed', digits: 0, description: 'Lithium taken out of the cell' },
  { key: 'formalHolesPerOxygen', label: 'Formal holes per O', digits: 3, description: 'Holes that no cation can take' },
  { key: 'voltageV', label: 'V', unit: 'V', digits: 3, description: 'Mean voltage against Li metal from the full candidate to this one' },
  { key: 'stepVoltageV', label: 'V step', unit: 'V', digits: 3, description: 'Mean voltage from the next higher x of the same candidate' },
  { key: 'shortestOxygenAngstrom', label: 'd(O–O) min', unit: 'Å', digits: 3, description: 'Shortest O–O distance of the cell' },
  { key: 'pairs', label: 'O–O pairs', description: 'Pairs closer than 2.3 Å by class' },
  { key: 'oxygenMaxMuB', label: '|m| O max', unit: 'μB', digits: 2, description: 'Largest oxygen moment' },
  { key: 'hostCationStates', label: '{M} states', description: 'Oxidation states that the moments speak for' },
  flagsColumn,
] // prettier-ignore

/** Every series of lithium contents, from full to empty; one row a content. */
export function delithiationTable(candidates: readonly CandidateResult[]): ResultTable {
  const parents = new Set(candidates.flatMap((each) => each.delithiatedFrom ?? []))
  const series = candidates.filter(({ candidateId }) => parents.has(candidateId)).flatMap((parent) => {
    const own = candidates.filter((each) => each.delithiatedFrom === parent.candidateId && each.method === parent.method)
    const unit = formulaUnits(own)
    const members = [parent, ...own].map((candidate) => ({ candidate, x: contentOf(candidate, unit) }))
    return members.toSorted((a, b) => (b.x ?? Infinity) - (a.x ?? Infinity)).map((member, n, all) => row(member, parent, all[n - 1]?.candidate, candidates))
  })
  return {
    name: 'delithiation',
    title: 'Delithiation',
    columns: forHost(delithiationColumns, candidates),
    rows: series,
    notes: [
      ...methodNotes(candidates),
      'Voltages are differences of static energies at 0 K against the Li metal of the references; the surface of a slab has its own.',
    ],
  }
}

interface Content {
  readonly candidate: CandidateResult
  readonly x: number | null
}

function row({ candidate, x }: Content, parent: CandidateResult, before: CandidateResult | undefined, all: readonly CandidateResult[]): TableRow {
  const step = candidate.static ?? candidate.relaxed
  const identity = { ...identityCells(candidate), remainingLithium: x, flags: flagsCell(candidate, [parent, before, lithiumMetal(candidate, all)]) }
  if (step === undefined) {
    const cell = missing(pendingReason(candidate, 'relaxation'))
    const own = delithiationColumns.slice(identityColumns.length + 1).filter(({ key }) => key !== flagsColumn.key)
    return { ...Object.fromEntries(own.map(({ key }) => [key, cell])), ...identity }
  }
  const sizes = (element: string): number[] => indicesOf(step.structure, element).map((index) => Math.abs(step.momentsMuB?.[index] ?? 0))
  const cation = hostCation(all) ?? ''
  const noMoments = missing('the run printed no moments')
  return {
    ...identity,
    removedLithium: removedBetween(parent, candidate),
    formalHolesPerOxygen: candidate.formalHolesPerOxygen ?? null,
    voltageV: candidate === parent ? null : voltage(parent, candidate, all),
    stepVoltageV: before === undefined ? null : voltage(before, candidate, all),
    shortestOxygenAngstrom: shortestOxygenDistanceAngstrom(step.structure),
    pairs: pairWords(candidate),
    oxygenMaxMuB: step.momentsMuB === undefined ? noMoments : Math.max(0, ...sizes('O')),
    hostCationStates: cation !== 'Mn' ? null : step.momentsMuB === undefined ? noMoments : censusText(sizes(cation)),
  }
}

function voltage(rich: CandidateResult, poor: CandidateResult, all: readonly CandidateResult[]): Cell {
  const metal = lithiumMetal(poor, all)
  if (metal === undefined) return missing('there is no Li metal among the references')
  const [first, second, element] = [energyRun(rich), energyRun(poor), energyRun(metal)]
  if (second === undefined) return missing(whyNoEnergy(poor))
  if (first === undefined) return missing(`${rich.candidateId}: ${whyNoEnergy(rich)}`)
  if (element === undefined) return missing(`Li metal: ${whyNoEnergy(metal)}`)
  return energyCell(() => meanVoltage(first, second, element))
}

function lithiumMetal({ method }: CandidateResult, all: readonly CandidateResult[]): CandidateResult | undefined {
  return all.find((other) => other.reference?.phase === 'Li' && other.method === method)
}

function pairWords({ static: last, relaxed }: CandidateResult): string {
  const structure = (last ?? relaxed)?.structure
  const pairs = structure === undefined ? [] : oxygenPairs(structure)
  const counts = oxygenPairLimitsAngstrom.map(([name]) => [name, pairs.filter((pair) => pair.class === name).length] as const)
  const words = counts.flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`]))
  return words.length === 0 ? 'none' : words.join(', ')
}

function lithium(candidate: CandidateResult): number | undefined {
  const structure = (candidate.static ?? candidate.relaxed)?.structure
  return structure === undefined ? undefined : indicesOf(structure, 'Li').length
}

function removedBetween(parent: CandidateResult, candidate: CandidateResult): Cell {
  const [full, left] = [lithium(parent), lithium(candidate)]
  return full === undefined || left === undefined ? null : full - left
}

/** Formula units of the cell, which only a member with a stated content tells. */
function formulaUnits(members: readonly CandidateResult[]): number | undefined {
  const known = members.find((each) => (each.remainingLithiumPerFormulaUnit ?? 0) > 0 && lithium(each) !== undefined)
  return known === undefined ? undefined : (lithium(known) ?? 0) / (known.remainingLithiumPerFormulaUnit ?? 1)
}

function contentOf(candidate: CandidateResult, units: number | undefined): number | null {
  if (candidate.remainingLithiumPerFormulaUnit !== undefined) return candidate.remainingLithiumPerFormulaUnit
  const count = lithium(candidate)
  return count === undefined || units === undefined ? null : count / units
}
