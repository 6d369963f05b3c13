import { describe, expect, it } from 'vitest'
import { launchWords, NoncollinearProgramMissingError } from '../../../src/app/dispatch/launch-line.ts'
import type { Site } from '../../../src/ports/site.ts'
import { explicitMesh } from '../../../src/vasp/input/k-mesh.ts'
import type { Incar } from '../../../src/vasp/input/incar.ts'

function words(vasp: Omit<Site['vasp'], 'version'>, mesh: readonly [number, number, number], incar: Incar = {}): string {
  const site = { name: 'cluster', method: 'dft', vasp: { version: '6.4.3', ...vasp } } as Site
  const box = [[10, 0, 0], [0, 10, 0], [0, 0, 27]] as const // prettier-ignore
  return launchWords(site, { incar, kMesh: explicitMesh(mesh, box) }, { nodes: 2, ranksPerNode: 16, walltimeSeconds: 60 }).join(' ')
}

const srun = { program: 'srun', args: ['--cpu-bind=cores', '/opt/vasp/6.4.3/bin/vasp_std'], gammaProgram: 'vasp_gam', noncollinearProgram: 'vasp_ncl' }

describe('the launch line', () => {
  it('holds the program for one k-point only where the mesh is 1×1×1', () => {
    expect(words(srun, [3, 3, 1])).toBe('srun --cpu-bind=cores /opt/vasp/6.4.3/bin/vasp_std')
    expect(words(srun, [1, 1, 1])).toBe('srun --cpu-bind=cores vasp_gam')
    expect(words({ program: 'vasp_std', args: [], gammaProgram: 'vasp_gam' }, [1, 1, 1])).toBe('vasp_gam')
  })

  it('is that of the site where no other program is named', () => {
    expect(words({ program: 'mpirun', args: ['-np', '8', 'vasp_std'] }, [1, 1, 1])).toBe('mpirun -np 8 vasp_std')
  })

  it('holds the non-collinear program for spin–orbit coupling, also at Γ', () => {
    expect(words(srun, [1, 1, 1], { LSORBIT: true })).toBe('srun --cpu-bind=cores vasp_ncl')
  })

  it('has the ranks and nodes that the attempt asks for where its words leave them open', () => {
    expect(words({ program: 'mpirun', args: ['-np', '{ranks}', '-ppn', '{ranksPerNode}', 'vasp_std'] }, [3, 3, 1])).toBe('mpirun -np 32 -ppn 16 vasp_std')
    expect(words({ program: 'srun', args: ['--nodes={nodes}', 'vasp_std'] }, [3, 3, 1])).toBe('srun --nodes=2 vasp_std')
  })

  it('is refused where no program can do the run', () => {
    expect(() => words({ program: 'vasp_std', args: [] }, [3, 3, 1], { LNONCOLLINEAR: true })).toThrow(NoncollinearProgramMissingError)
  })
})
