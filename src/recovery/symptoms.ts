import type { Symptom } from './symptom.ts'
import { aliasingIncar } from './symptoms/basis/aliasing-incar.ts'
import { aliasing } from './symptoms/basis/aliasing.ts'
import { nichtKonv } from './symptoms/basis/nicht-konv.ts'
import { psmaxn } from './symptoms/basis/psmaxn.ts'
import { realOptlay } from './symptoms/basis/real-optlay.ts'
import { rspher } from './symptoms/basis/rspher.ts'
import { setCoreWf } from './symptoms/basis/set-core-wf.ts'
import { algoTet } from './symptoms/electrons/algo-tet.ts'
import { amin } from './symptoms/electrons/amin.ts'
import { autoNbands } from './symptoms/electrons/auto-nbands.ts'
import { brmix } from './symptoms/electrons/brmix.ts'
import { edddav } from './symptoms/electrons/edddav.ts'
import { eddiag } from './symptoms/electrons/eddiag.ts'
import { eddrmm } from './symptoms/electrons/eddrmm.ts'
import { frozen } from './symptoms/electrons/frozen.ts'
import { gradNotOrth } from './symptoms/electrons/grad-not-orth.ts'
import { incorrectSmearing } from './symptoms/electrons/incorrect-smearing.ts'
import { largeSigma } from './symptoms/electrons/large-sigma.ts'
import { nbandsNotSufficient } from './symptoms/electrons/nbands-not-sufficient.ts'
import { nelm } from './symptoms/electrons/nelm.ts'
import { nonconverging } from './symptoms/electrons/nonconverging.ts'
import { pdsyevx } from './symptoms/electrons/pdsyevx.ts'
import { positiveEnergy } from './symptoms/electrons/positive-energy.ts'
import { pssyevx } from './symptoms/electrons/pssyevx.ts'
import { subspacematrix } from './symptoms/electrons/subspacematrix.ts'
import { tooFewBands } from './symptoms/electrons/too-few-bands.ts'
import { zheev } from './symptoms/electrons/zheev.ts'
import { zpotrf } from './symptoms/electrons/zpotrf.ts'
import { brions } from './symptoms/ions/brions.ts'
import { drift } from './symptoms/ions/drift.ts'
import { fexcf } from './symptoms/ions/fexcf.ts'
import { nswUsedUp } from './symptoms/ions/nsw-used-up.ts'
import { potim } from './symptoms/ions/potim.ts'
import { zbrent } from './symptoms/ions/zbrent.ts'
import { cancelled } from './symptoms/job/cancelled.ts'
import { copyBack } from './symptoms/job/copy-back.ts'
import { diskFull } from './symptoms/job/disk-full.ts'
import { interrupted } from './symptoms/job/interrupted.ts'
import { nodeFailure } from './symptoms/job/node-failure.ts'
import { outOfMemory } from './symptoms/job/out-of-memory.ts'
import { preempted } from './symptoms/job/preempted.ts'
import { processKilled } from './symptoms/job/process-killed.ts'
import { segfaultAtStart } from './symptoms/job/segfault-at-start.ts'
import { segfault } from './symptoms/job/segfault.ts'
import { stoppedByPerson } from './symptoms/job/stopped-by-person.ts'
import { stopped } from './symptoms/job/stopped.ts'
import { walltimeNear } from './symptoms/job/walltime-near.ts'
import { walltime } from './symptoms/job/walltime.ts'
import { dentet } from './symptoms/k-points/dentet.ts'
import { incorrectShift } from './symptoms/k-points/incorrect-shift.ts'
import { kpointsTrans } from './symptoms/k-points/kpoints-trans.ts'
import { kspacingMetal } from './symptoms/k-points/kspacing-metal.ts'
import { meshSymmetry } from './symptoms/k-points/mesh-symmetry.ts'
import { tet } from './symptoms/k-points/tet.ts'
import { tetirr } from './symptoms/k-points/tetirr.ts'
import { dfptNcore } from './symptoms/parallel/dfpt-ncore.ts'
import { elfKpar } from './symptoms/parallel/elf-kpar.ts'
import { elfNcl } from './symptoms/parallel/elf-ncl.ts'
import { lrfComm } from './symptoms/parallel/lrf-comm.ts'
import { speciesOrder } from './symptoms/plan/species-order.ts'
import { wrongCutoff } from './symptoms/plan/wrong-cutoff.ts'
import { wrongFunctional } from './symptoms/plan/wrong-functional.ts'
import { wrongHubbard } from './symptoms/plan/wrong-hubbard.ts'
import { wrongMesh } from './symptoms/plan/wrong-mesh.ts'
import { wrongPotential } from './symptoms/plan/wrong-potential.ts'
import { metastableU } from './symptoms/result/metastable-u.ts'
import { oxygenLeft } from './symptoms/result/oxygen-left.ts'
import { spinFlip } from './symptoms/result/spin-flip.ts'
import { coef } from './symptoms/start/coef.ts'
import { harris } from './symptoms/start/harris.ts'
import { kernelMissing } from './symptoms/start/kernel-missing.ts'
import { kernelWrong } from './symptoms/start/kernel-wrong.ts'
import { licenceError } from './symptoms/start/licence-error.ts'
import { moduleError } from './symptoms/start/module-error.ts'
import { potcarMissing } from './symptoms/start/potcar-missing.ts'
import { readError } from './symptoms/start/read-error.ts'
import { tripleProduct } from './symptoms/start/triple-product.ts'
import { unknownError } from './symptoms/start/unknown-error.ts'
import { bravais } from './symptoms/symmetry/bravais.ts'
import { hnform } from './symptoms/symmetry/hnform.ts'
import { ibzkpt } from './symptoms/symmetry/ibzkpt.ts'
import { invRotMat } from './symptoms/symmetry/inv-rot-mat.ts'
import { ksymm } from './symptoms/symmetry/ksymm.ts'
import { pointGroup } from './symptoms/symmetry/point-group.ts'
import { posmap } from './symptoms/symmetry/posmap.ts'
import { pricel } from './symptoms/symmetry/pricel.ts'
import { pricelv } from './symptoms/symmetry/pricelv.ts'
import { rhosyg } from './symptoms/symmetry/rhosyg.ts'
import { rotMatrix } from './symptoms/symmetry/rot-matrix.ts'
import { symprecNoise } from './symptoms/symmetry/symprec-noise.ts'

/**
 * Every symptom that is known. The order is the order of trust: what is told first is corrected first, so a cause that
 * lies outside the calculation or in its inputs stands before one in its numbers.
 */
export const symptoms: readonly Symptom[] = [
  potcarMissing,
  kernelMissing,
  kernelWrong,
  readError,
  harris,
  tripleProduct,
  coef,
  speciesOrder,
  wrongPotential,
  wrongFunctional,
  wrongHubbard,
  wrongCutoff,
  wrongMesh,
  setCoreWf,
  realOptlay,
  rspher,
  nichtKonv,
  dfptNcore,
  elfKpar,
  lrfComm,
  ksymm,
  invRotMat,
  rotMatrix,
  pricel,
  rhosyg,
  posmap,
  pricelv,
  pointGroup,
  bravais,
  hnform,
  tet,
  tetirr,
  incorrectShift,
  kpointsTrans,
  tooFewBands,
  nbandsNotSufficient,
  brmix,
  edddav,
  zpotrf,
  pssyevx,
  pdsyevx,
  zheev,
  eddiag,
  gradNotOrth,
  fexcf,
  zbrent,
  potim,
  positiveEnergy,
  frozen,
  walltimeNear,
  outOfMemory,
  diskFull,
  copyBack,
  nodeFailure,
  preempted,
  cancelled,
  stoppedByPerson,
  moduleError,
  licenceError,
  segfaultAtStart,
  segfault,
  walltime,
  nonconverging,
  nelm,
  amin,
  eddrmm,
  subspacematrix,
  algoTet,
  nswUsedUp,
  drift,
  brions,
  symprecNoise,
  ibzkpt,
  meshSymmetry,
  dentet,
  aliasingIncar,
  aliasing,
  psmaxn,
  elfNcl,
  autoNbands,
  stopped,
  unknownError,
  processKilled,
  interrupted,
  oxygenLeft,
  spinFlip,
  metastableU,
  largeSigma,
  incorrectSmearing,
  kspacingMetal,
]
