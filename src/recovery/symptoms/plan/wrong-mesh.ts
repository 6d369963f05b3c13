import { meshDifference } from '../../as-planned/mesh.ts'
import { planSymptom } from '../../plan-symptom.ts'
import { vaspWiki } from '../../sources.ts'

export const wrongMesh = planSymptom(
  {
    name: 'wrong_mesh',
    message: ['the k-points in the OUTCAR are not those of the planned mesh'],
    cause: 'KPOINTS was not read (VASP 6 then makes a mesh of its own), or is another one.',
    cure: 'None: energies of other meshes do not compare.',
    advice: 'Compare the KPOINTS of the run with the plan, then retry.',
    source: vaspWiki('KPOINTS'),
  },
  meshDifference,
)
