import { describe, expect, it } from 'vitest'
import { fixedRanks } from '../../../src/app/dispatch/rank-words.ts'
import { possibleOn } from '../../../src/app/engine/possible-corrections.ts'
import { launchWarnings } from '../../../src/app/plan/launch-note.ts'
import type { Site } from '../../../src/ports/site.ts'
import { outOfMemory } from '../../../src/recovery/symptoms/job/out-of-memory.ts'
import type { Correction, LayoutChange } from '../../../src/recovery/correction.ts'
import { explicitMesh } from '../../../src/vasp/input/k-mesh.ts'
import type { VaspInput } from '../../../src/workflow/steps/step-kind.ts'

function site(line: string, resources: Site['resources'] = { nodes: 1, ranksPerNode: 16, walltimeSeconds: 3600, maxNodes: 2 }): Site {
  const [program = '', ...args] = line.split(' ')
  return { name: 'cluster', vasp: { program, args, version: '6.4.3' }, resources } as unknown as Site
}

describe('a number of ranks in the launch line', () => {
  it.each([
    ['mpirun -np 16 vasp_std', '-np 16', 16],
    ['/opt/intel/bin/mpirun -ppn 8 -n 16 vasp_std', '-n 16', 16],
    ['mpiexec.hydra -n16 vasp_std', '-n16', 16],
    ['srun --ntasks=16 vasp_std', '--ntasks=16', 16],
    ['env OMP_NUM_THREADS=1 aprun -n 16 -N 8 vasp_std', '-n 16', 16],
    ['srun -N 2 vasp_std', '-N 2', undefined],
  ])('is seen in %s', (line, words, ranks) => {
    expect(fixedRanks(site(line).vasp)).toMatchObject({ words, ranks })
  })

  it.each(['srun --cpu-bind=cores vasp_std', 'mpirun vasp_std', 'mpirun -np {ranks} vasp_std', 'vasp_std', 'run-vasp.sh -n 4', 'mpirun -genv OMP_NUM_THREADS 1 vasp_std'])(
    'is not seen in %s',
    (line) => {
      expect(fixedRanks(site(line).vasp)).toBeUndefined()
    },
  )

  it('is told with the plan, with what to write and what is lost', () => {
    expect(launchWarnings([site('mpirun -np {ranks} vasp_std'), site('srun vasp_std')])).toEqual([])
    expect(launchWarnings([site('mpirun -np 16 vasp_std')])).toEqual([
      'The launch line of cluster starts a fixed number (-np 16), so that a job which runs out of memory cannot be given fewer ranks or more nodes. Write -np {ranks} in vasp.args of cluster, and the number under resources.',
    ])
    const other: Site['resources'] = { nodes: 1, ranksPerNode: 32, walltimeSeconds: 3600, steps: { static: { ranksPerNode: 16 } } }
    expect(launchWarnings([site('mpirun -np 16 vasp_std', other)])[0]).toContain('while its jobs ask for 32 and 16: KPAR and NCORE are chosen for those')
    // The example that a site without resources was given for long: sixteen ranks that dopant takes for one.
    const { resources: _, ...bare } = site('mpirun -np 16 vasp_std')
    expect(launchWarnings([bare as Site])[0]).toContain('while its jobs ask for 1:')
  })

  it('takes the steps of the ladder that would change nothing out of it, and no other', () => {
    const steps = (line: string) => outOfMemory.ladder.flatMap((rung, i) => layoutOfRung(rung, i)).filter((correction) => possibleOn(site(line), slab, [])(correction)).map(changeOf)

    expect(steps('srun vasp_std')).toEqual(expect.arrayContaining(['double-ncore', 'halve-ranks-per-node', 'double-nodes']))
    expect(steps('mpirun -np {ranks} vasp_std')).toEqual(steps('srun vasp_std'))
    expect(steps('mpirun -np 16 vasp_std')).toEqual(steps('srun vasp_std').filter((change) => change === 'kpar-1' || change === 'double-ncore'))
  })
})

const box = [[10, 0, 0], [0, 10, 0], [0, 0, 27]] as const // prettier-ignore
const slab = {
  ...{ incar: {}, incarGroups: {}, electronCount: 400, step: 'relax', kMesh: explicitMesh([3, 3, 1], box) },
  structure: { comment: '', lattice: box, sites: [] },
} as unknown as VaspInput

function layoutOfRung(rung: (typeof outOfMemory.ladder)[number], i: number): readonly Correction[] {
  const changes = rung.changes({ stdout: '', stderr: '', paragraphs: [], endedWell: false })
  return changes === undefined ? [] : [{ symptom: 'out_of_memory', ladderStep: i + 1, cap: 1, class: 'numerics', changes, reason: '', source: '' }]
}

function changeOf({ changes }: Correction): LayoutChange | undefined {
  return changes.flatMap((change) => (change.kind === 'layout' ? [change.change] : []))[0]
}
