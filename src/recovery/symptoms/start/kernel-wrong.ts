import { findMessage } from '../../message-symptom.ts'
import { vaspWiki } from '../../sources.ts'
import type { Symptom } from '../../symptom.ts'

/** A kernel file of another functional, or one that was cut on its way. */
export const kernelWrong: Symptom = {
  name: 'kernel_wrong',
  message: ['error reading vdw_kernel.bindat', 'end-of-file during read … vdw_kernel.bindat'],
  cause: 'The kernel file is cut, empty, or of another kind.',
  cure: 'None: the file must be replaced at the site.',
  advice: 'Copy vdw_kernel.bindat again from the VASP distribution and compare its size.',
  source: vaspWiki('Nonlocal_vdW-DF_functionals'),
  weight: 'cause',
  watches: true,
  ladder: [],
  detects: (run) => {
    const found = findMessage(
      run,
      [],
      [
        /(end-of-file|error reading|error during read|bad integer|bad value).*vdw_kernel/i,
        /vdw_kernel.*(end-of-file|end of file|corrupt|wrong)/i,
      ],
    )
    return found === undefined
      ? undefined
      : { where: found.where, says: found.text, line: found.line, count: found.count }
  },
}
