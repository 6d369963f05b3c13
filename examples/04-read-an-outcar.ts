/** What an OUTCAR says, step by step: `npx tsx examples/04-read-an-outcar.ts [OUTCAR]`. */
import { openFile } from '../src/app/parse/open-file.ts'
import { readOutcar } from '../src/vasp/output/outcar/read-outcar.ts'

const file = process.argv[2] ?? 'test/fixtures/rehearsal/OUTCAR.gz'
const outcar = await readOutcar(openFile(file).chunks())

console.log(`VASP ${outcar.vaspVersion ?? 'unknown'}, ${outcar.method}, ${outcar.runState}`)
for (const step of outcar.ionicSteps) {
  console.log(`${step.energySigmaToZeroEv?.toFixed(6)} eV, ${step.scfSteps} electronic steps, ${step.maxForceEvPerAngstrom?.toFixed(3)} eV/Å`)
}
