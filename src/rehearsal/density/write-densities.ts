import { closeSync, copyFileSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DensityGrid } from '../../structure/density-grid.ts'
import { gridText } from '../../vasp/output/grid/grid-text.ts'
import { movedStructure } from '../output/contcar.ts'
import type { RunContext } from '../run-context.ts'
import { ionElectrons } from './ion-electrons.ts'
import { planarPotentialGrid } from './planar-potential.ts'
import { promolecule } from './promolecule.ts'
import { coreShells, spinShell, valenceShells, type Shell } from './shells-data.ts'

/** Writes CHGCAR (LCHARG), the AECCAR files (LAECHG) and LOCPOT (LVHAR) of the last geometry. */
export function writeDensities(folder: string, run: RunContext, positions: Float64Array): void {
  const { LCHARG, LAECHG, LVHAR } = run.inputs.settings.flags
  if (!LCHARG && !LAECHG && !LVHAR) return
  const structure = movedStructure(run.inputs.structure, positions)
  const grid = (shells: readonly (readonly Shell[])[]) => promolecule(structure, run.gridShape, shells)
  const electrons = ionElectrons(run)
  const valence = grid(run.ions.map((ion, i) => valenceShells(ion, electrons[i]!)))
  if (LCHARG) {
    const spin = grid(run.ions.map((ion, i) => spinShell(ion, run.momentsMuB[i]!)))
    writeGrids(join(folder, 'CHGCAR'), run.inputs.settings.ISPIN === 2 ? [valence, spin] : [valence])
  }
  if (LVHAR) writeGrids(join(folder, 'LOCPOT'), [planarPotentialGrid(valence, ionCharges(run))])
  if (!LAECHG) return
  writeGrids(join(folder, 'AECCAR0'), [grid(run.ions.map((ion) => coreShells(ion)))])
  writeGrids(join(folder, 'AECCAR2'), [valence])
  // The density of overlapping atoms is what the stand-in has for a self-consistent one.
  copyFileSync(join(folder, 'AECCAR2'), join(folder, 'AECCAR1'))
}

function ionCharges({ inputs }: RunContext): readonly number[] {
  return inputs.speciesOfIon.map((species) => inputs.species[species]!.zval)
}

function writeGrids(path: string, grids: readonly [DensityGrid, ...DensityGrid[]]): void {
  const file = openSync(path, 'w')
  try {
    for (const chunk of gridText(grids[0].structure, grids)) writeSync(file, chunk)
  } finally {
    closeSync(file)
  }
}
