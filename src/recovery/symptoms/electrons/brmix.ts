import { sameGeometry, set } from '../../changes.ts'
import { algoAll, fromScratch, lmaxmixForHubbard, slabMixing } from '../../ladders/electronic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { tagInForce } from '../../run-reading.ts'
import { custodian } from '../../sources.ts'

export const brmix = messageSymptom({
  name: 'brmix',
  message: ['BRMIX: very serious problems'],
  cause:
    'The old and the new density hold different numbers of electrons: a stale CHGCAR or WAVECAR, a wrong NELECT, or mixing out of control.',
  cure: 'Start from atoms, then gentle mixing, then ALGO = All, then Kerker mixing (IMIX = 1, last, for it can make things worse). custodian also changes the mesh, which does not compare.',
  advice: 'Check NELECT and POTCAR against the plan, then look at OSZICAR.',
  source: `${custodian}; simmate #159 on IMIX = 1`,
  weight: 'cause',
  ladder: [
    fromScratch,
    lmaxmixForHubbard,
    slabMixing,
    algoAll,
    {
      class: 'numerics',
      reason: 'Kerker mixing (IMIX = 1) as a last resort.',
      // A charged cell keeps its electrons; mixing cannot mend a wrong NELECT.
      changes: (run) =>
        tagInForce(run, 'NELECT') !== undefined && run.planned?.incar['NELECT'] !== undefined
          ? undefined
          : [...set({ IMIX: 1 }), sameGeometry],
    },
  ],
})
