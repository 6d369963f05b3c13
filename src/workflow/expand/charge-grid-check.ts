import { didYouMean } from '../../base/did-you-mean.ts'
import { fftGrids, fftLength } from '../../vasp/input/fft-grid.ts'
import { stepKindOf, type PlannedCalculation } from '../planned-calculation.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { NoSuchCandidateError } from './expand-errors.ts'
import type { Member } from './member.ts'

/** Name of the static run on the finer grid. */
export const fineGridStep = 'static-fine-grid'

/** Half as many points again along each axis. */
const factor = 1.5

/**
 * One more static run of one candidate, on a finer grid for the densities: what its Bader charges change by is what the grid
 * leaves open. Empty when the screen does not ask for it, or has no static step.
 *
 * @throws NoSuchCandidateError
 */
export function chargeGridCheck(
  screen: Screen,
  members: readonly Member[],
  planned: readonly PlannedCalculation[],
): readonly PlannedCalculation[] {
  const id = checkedCandidate(screen, members)
  const own = planned.filter(({ candidateId }) => candidateId === id)
  const last = own.findLast((calculation) => stepKindOf(calculation) === 'static')
  const structure = members.find(({ candidate }) => candidate.id === id)?.structure
  if (id === undefined || last === undefined || structure === undefined) return []
  const [NGXF, NGYF, NGZF] = fftGrids(structure.lattice, last.settings.encutEv).fine.map((points) => fftLength(Math.ceil(factor * points))) as [number, number, number]
  const { overrides } = last.settings
  return [
    {
      ...last,
      id: `${screen.name}/${id}/${fineGridStep}`,
      step: fineGridStep,
      kind: 'static',
      folder: `${screen.name}/${id}/${fineGridStep}`,
      settings: { ...last.settings, overrides: { ...overrides, NGXF, NGYF, NGZF, LVHAR: false } },
      notes: [`Grid check: as ${last.step}, with densities on ${NGXF} × ${NGYF} × ${NGZF} points.`],
    },
  ]
}

function checkedCandidate({ chargeGridCheck: wanted }: Screen, members: readonly Member[]): string | undefined {
  if (wanted === false) return undefined
  const ids = members.map(({ candidate }) => candidate.id)
  if (wanted === true) return (members.find(({ candidate }) => candidate.dopant !== null) ?? members[0])?.candidate.id
  if (!ids.includes(wanted)) throw new NoSuchCandidateError('chargeGridCheck', wanted, ids, didYouMean(wanted, ids))
  return wanted
}
