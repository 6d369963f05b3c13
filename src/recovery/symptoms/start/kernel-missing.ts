import { needsKernelFile } from '../../../vasp/input/kernel-file.ts'
import { evidenceOf, findMessage } from '../../message-symptom.ts'
import type { RunReading } from '../../run-reading.ts'
import { survey, vaspWiki } from '../../sources.ts'
import type { Symptom, SymptomEvidence } from '../../symptom.ts'

const patterns = [
  /vdw_kernel\.bindat.*(not found|no such file|does not exist|could not be|cannot be)/i,
  /(cannot|could not|file not found|no such file).*vdw_kernel\.bindat/i,
]

export const kernelMissing: Symptom = {
  name: 'kernel_missing',
  message: [
    'vdw_kernel.bindat not found',
    'no "vdW kernel read from vdw_kernel.bindat" in a first electronic step that does not end',
  ],
  cause:
    'VASP before 6.4.3 reads the kernel of vdW-DF from vdw_kernel.bindat in the run folder; without it the start fails or takes hours.',
  cure: 'None: the file belongs to the VASP distribution and is linked from the site’s own copy.',
  advice: 'Set vdwKernelPath of the site to its vdw_kernel.bindat, or use VASP 6.4.3 or newer.',
  source: `${vaspWiki('Nonlocal_vdW-DF_functionals')}; ${survey}`,
  weight: 'cause',
  watches: true,
  ladder: [],
  detects: (run) => {
    const found = findMessage(run, [], patterns)
    return found === undefined ? stuckInFirstStep(run) : evidenceOf(found)
  },
}

const silenceSeconds = 1800

/** VASP says that it read the kernel within the first electronic step; without the file it makes the table there. */
function stuckInFirstStep({ outcar, watch }: RunReading): SymptomEvidence | undefined {
  const isSilent = watch === undefined || (watch.secondsSinceOutput ?? 0) > silenceSeconds
  const [first, second] = outcar?.ionicSteps ?? []
  if (
    outcar?.vdw?.nonlocal !== true ||
    outcar.vdw.kernelFile ||
    first === undefined ||
    second !== undefined ||
    !isSilent
  )
    return undefined
  if (
    first.scfSteps !== 1 ||
    first.lastEnergyChangeEv !== undefined ||
    first.totenEv !== undefined ||
    outcar.vaspVersion === undefined ||
    !needsKernelFile(outcar.vaspVersion)
  )
    return undefined
  return {
    where: 'OUTCAR',
    says: 'ends in the first electronic step, before the kernel of the van der Waals functional was read',
  }
}
