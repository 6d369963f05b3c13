import { netChargesE } from '../../analysis/charges.ts'
import {
  oxygenPairs,
  shortestOxygenDistanceAngstrom,
  type OxygenPair,
  type PerIon,
} from '../../analysis/oxygen-pairs.ts'
import type { Structure } from '../../structure/structure.ts'
import { missing, type Column, type ResultTable, type TableRow } from '../../tables/result-table.ts'
import { pendingReason, type CandidateResult } from './candidate-result.ts'
import { flagsCell, flagsColumn, identityCells, identityColumns, methodNotes } from './common-columns.ts'

export const oxygenPairColumns: readonly Column[] = [
  ...identityColumns,
  { key: 'remainingLithium', label: 'x(Li)', digits: 3, description: 'Lithium left per formula unit; empty when none was taken' },
  { key: 'formalHolesPerOxygen', label: 'Formal holes per O', digits: 3, description: 'Holes that no cation can take' },
  { key: 'class', label: 'Class', description: 'By distance: O2-like, superoxo-like, peroxo-like, shortened; none' },
  { key: 'ions', label: 'Ions', description: 'Numbers in POSCAR order, from 1' },
  { key: 'distanceAngstrom', label: 'd(O–O)', unit: 'Å', digits: 3, description: 'Distance; for none the shortest in the cell' },
  { key: 'momentMuB', label: 'Σ moment', unit: 'μB', digits: 2, description: 'Sum over the pair: O2 2, superoxide 1, peroxide 0' },
  { key: 'netChargeE', label: 'Σ q', unit: 'e', digits: 3, description: 'Sum of both Bader net charges' },
  flagsColumn,
] // prettier-ignore

/** Close O–O pairs, one row a pair; a candidate without any has one row with class none. */
export function oxygenPairsTable(candidates: readonly CandidateResult[]): ResultTable {
  return {
    name: 'oxygen-pairs',
    title: 'O–O pairs shorter than 2.3 Å',
    columns: oxygenPairColumns,
    rows: candidates.flatMap(rows),
    notes: [
      ...methodNotes(candidates),
      'Classes by distance: O2-like below 1.25 Å, superoxo-like to 1.40, peroxo-like to 1.70, shortened to 2.30. A name is no proof of the species.',
      ...holeNotes(candidates),
      'PBE+U with U on the transition metal alone localises holes on oxygen less than hybrid functionals do.',
    ],
  }
}

/** Slabs with other dopants have other hole counts for the same lithium; the stand-in cannot show what they do. */
function holeNotes(candidates: readonly CandidateResult[]): readonly string[] {
  const holes = candidates.filter((each) => each.formalHolesPerOxygen !== undefined)
  const values = holes.map((each) => `${each.candidateId} ${(each.formalHolesPerOxygen ?? 0).toFixed(3)}`)
  const differ = new Set(holes.map((each) => (each.formalHolesPerOxygen ?? 0).toFixed(3))).size > 1
  const isRehearsed = holes.some((each) => each.method === 'rehearsal')
  return [
    ...(differ ? [`Formal holes per O differ (${values.join(', ')}): part of a difference in pairing comes from that.`] : []),
    ...(isRehearsed ? [standInNote] : []),
  ]
}

const standInNote =
  'The stand-in forms O–O pairs only where they are put in beforehand: it cannot show whether a dopant suppresses them.'

function rows(candidate: CandidateResult): TableRow[] {
  const identity = {
    ...identityCells(candidate),
    remainingLithium: candidate.remainingLithiumPerFormulaUnit ?? null,
    formalHolesPerOxygen: candidate.formalHolesPerOxygen ?? null,
    flags: flagsCell(candidate),
  }
  const step = candidate.static ?? candidate.relaxed
  if (step === undefined) {
    const cell = missing(pendingReason(candidate, 'relaxation'))
    return [
      { ...identity, class: cell, ions: cell, distanceAngstrom: cell, momentMuB: cell, netChargeE: cell },
    ]
  }
  const pairs = oxygenPairs(step.structure, perIon(candidate, step.structure, step.momentsMuB))
  if (pairs.length === 0) {
    const shortest = shortestOxygenDistanceAngstrom(step.structure)
    return [
      {
        ...identity,
        class: 'none',
        ions: null,
        distanceAngstrom: shortest,
        momentMuB: null,
        netChargeE: null,
      },
    ]
  }
  return pairs.map((pair) => ({ ...identity, ...pairCells(pair) }))
}

function perIon(candidate: CandidateResult, structure: Structure, momentsMuB?: readonly number[]): PerIon {
  return {
    ...(momentsMuB === undefined ? {} : { momentsMuB }),
    ...(candidate.bader === undefined ? {} : { netChargesE: netChargesE(structure, candidate.bader) }),
  }
}

function pairCells(pair: OxygenPair): TableRow {
  return {
    class: pair.class,
    ions: `O${pair.indices[0] + 1}–O${pair.indices[1] + 1}`,
    distanceAngstrom: pair.distanceAngstrom,
    momentMuB: pair.momentMuB ?? missing('the run printed no moments'),
    netChargeE: pair.netChargeE ?? missing('there are no Bader charges'),
  }
}
