import { algoAll, algoNormal, fromScratch } from '../../ladders/electronic-ladder.ts'
import { messageSymptom } from '../../message-symptom.ts'
import { custodian } from '../../sources.ts'

export const subspacematrix = messageSymptom({
  name: 'subspacematrix',
  message: ['WARNING: Sub-Space-Matrix is not hermitian in DAV', 'Sub-Space-Matrix is not hermitian in DAV'],
  cause: 'Orbitals or geometry are bad, or real-space projectors are too coarse.',
  cure: 'Start from atoms, then ALGO Normal, then All. custodian sets LREAL = .FALSE. or PREC, which for one member does not compare.',
  advice: 'Check the geometry for overlapping atoms; set LREAL = .FALSE. for the whole series.',
  source: custodian,
  weight: 'suspect',
  ladder: [fromScratch, algoNormal, algoAll],
})
