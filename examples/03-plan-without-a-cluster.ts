/** Every calculation of a screen without running any: `npx tsx examples/03-plan-without-a-cluster.ts`. */
import { planScreen } from '../src/app/plan/plan-screen.ts'
import { loadSymmetryEngine } from '../src/adapters/symmetry/moyo-from-package.ts'

loadSymmetryEngine()
const { plan } = await planScreen('examples/li2mno3-010/screen.yaml')

for (const candidate of plan.candidates) {
  console.log(`${candidate.id}: ${candidate.formula}, ${candidate.formalChargeBalance} e, ${candidate.compensation}`)
}
for (const { id, functional, kMesh } of plan.calculations) console.log(`${id}: ${functional}, ${kMesh.join('×')}`)
