import { chargeOutput } from './charge-output.ts'
import { chargedCell } from './charged-cell.ts'
import { dipoleAxis } from './dipole-axis.ts'
import { duplicateTag } from './duplicate-tag.ts'
import { encut } from './encut.ts'
import { ggaPotcar } from './gga-potcar.ts'
import { hubbardSpecies } from './hubbard-species.ts'
import { ionicTags } from './ionic-tags.ts'
import { looseEdiff } from './loose-ediff.ts'
import { magmom } from './magmom.ts'
import { missingLasph } from './missing-lasph.ts'
import { missingLmaxmix } from './missing-lmaxmix.ts'
import { nparNcore } from './npar-ncore.ts'
import { potcarOrder } from './potcar-order.ts'
import { smearing } from './smearing.ts'
import { spinStart } from './spin-start.ts'
import { tetrahedra } from './tetrahedra.ts'
import { unknownTag } from './unknown-tag.ts'
import { unreadableValue } from './unreadable-value.ts'
import { vacuumKPoints } from './vacuum-k-points.ts'
import { vdwIncomplete } from './vdw-incomplete.ts'
import { vdwLeftover } from './vdw-leftover.ts'
import type { Finding, LintedInputs, LintRule } from './lint-rule.ts'

/** In the order in which a person wants to hear them: what stops a run, what makes it another one, what is worth a look. */
export const lintRules: readonly LintRule[] = [
  unreadableValue,
  unknownTag,
  duplicateTag,
  potcarOrder,
  hubbardSpecies,
  magmom,
  vdwLeftover,
  vdwIncomplete,
  missingLasph,
  ggaPotcar,
  encut,
  missingLmaxmix,
  smearing,
  tetrahedra,
  vacuumKPoints,
  dipoleAxis,
  chargedCell,
  looseEdiff,
  ionicTags,
  chargeOutput,
  spinStart,
  nparNcore,
]

/** Mistakes in the input files of one folder. */
export function lintInputs(inputs: LintedInputs): readonly Finding[] {
  return lintRules.flatMap(({ id, severity, why, source, check }) =>
    check(inputs).map((complaint) => {
      const line = complaint.line ?? inputs.incar.entries.find(({ tag }) => tag === complaint.tag)?.line
      return { rule: id, severity, why, source, ...complaint, ...(line !== undefined && { line }) }
    }),
  )
}
