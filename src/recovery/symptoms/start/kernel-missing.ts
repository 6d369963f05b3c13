import { messageSymptom } from '../../message-symptom.ts'
import { vaspWiki } from '../../sources.ts'

export const kernelMissing = messageSymptom({
  name: 'kernel_missing',
  message: ['vdw_kernel.bindat not found'],
  patterns: [/vdw_kernel\.bindat.*(not found|no such file|does not exist|could not be|cannot|missing|error)/i, /(cannot|could not|error|no such file).*vdw_kernel\.bindat/i],
  cause: 'VASP before 6.4.3 reads the kernel of vdW-DF from vdw_kernel.bindat in the run folder; without it the start fails or takes hours.',
  cure: 'None: the file belongs to the VASP distribution and is linked from the site’s own copy.',
  advice: 'Set vdwKernelPath of the site to its vdw_kernel.bindat, or use VASP 6.4.3 or newer.',
  source: vaspWiki('Nonlocal_vdW-DF_functionals'),
  weight: 'cause',
})
