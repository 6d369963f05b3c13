import { bandEdges } from '../analysis/band-edges.ts'
import { dosCurves, type RawDos } from '../analysis/densities-of-states.ts'
import type { VasprunFile } from '../vasp/output/vasprun/vasprun-file.ts'
import type { ElectronicStructure } from './step-result.ts'

/** Fermi level, gap and densities of states of a run; null when vasprun.xml has no densities of states. */
export function electronicStructure(file: VasprunFile): ElectronicStructure | null {
  const { fermiEnergyEv: fermiEv, totalDos, projectedDos, eigenvalues } = file
  if (fermiEv === undefined || totalDos === undefined) return null
  const edges = eigenvalues === undefined ? undefined : bandEdges(eigenvalues)
  return {
    fermiEv,
    gapEv: edges?.gapEv ?? null,
    valenceMaximumEv: edges?.valenceMaximumEv ?? null,
    conductionMinimumEv: edges?.conductionMinimumEv ?? null,
    isDirectGap: edges?.isDirect ?? null,
    dos: dosCurves(totalDos.energiesEv, fermiEv, [
      { name: 'total', spins: totalDos.statesPerEv },
      ...(projectedDos?.groups ?? []).flatMap(kept),
    ]),
  }
}

/** Groups without states, such as d of oxygen, say nothing. */
function kept({ element, orbital, statesPerEv }: NonNullable<VasprunFile['projectedDos']>['groups'][number]): RawDos[] {
  const sum = statesPerEv.reduce((total, states) => states.reduce((all, value) => all + value, total), 0)
  return sum < 1e-3 ? [] : [{ name: `${element} ${orbital}`, spins: statesPerEv }]
}
