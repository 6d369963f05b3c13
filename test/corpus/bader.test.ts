import { describe, expect, it } from 'vitest'
import { readAcf, sumElectrons } from '../../src/vasp/output/acf.ts'
import { readBcf } from '../../src/vasp/output/bcf.ts'
import { compare, corpusBytes, corpusFiles, emptyTally, hasCorpus, oracleOf, printTally } from './corpus.ts'

describe.skipIf(!hasCorpus())('Bader files of the corpus', () => {
  it('ACF.dat: charges, distances, volumes and electrons are what others read', () => {
    const tally = emptyTally()
    const files = corpusFiles('ACF')
    for (const entry of files) {
      const { text, ase } = oracleOf(entry)
      const acf = readAcf(corpusBytes(entry).toString('latin1'))
      const check = (field: string, ours: unknown, ...theirs: unknown[]) => compare(tally, `${entry.case} ${field}`, ours, theirs)
      check('charges', acf.atoms.map((atom) => atom.electrons), text?.['charges'], ase?.['charges'])
      check('distances', acf.atoms.map((atom) => atom.minDistanceAngstrom), text?.['min_dist'])
      check('volumes', acf.atoms.map((atom) => atom.volumeAngstrom3), text?.['volumes'])
      check('first position', acf.atoms[0]?.cartesianAngstrom, text?.['positions_first'])
      check('vacuum charge', acf.vacuumElectrons, text?.['vacuum_charge'])
      check('vacuum volume', acf.vacuumVolumeAngstrom3, text?.['vacuum_volume'])
      check('electrons', acf.electronCount, text?.['number_of_electrons'])
      expect(Math.abs(sumElectrons(acf) - acf.electronCount), entry.case).toBeLessThan(1e-4)
    }

    expect(printTally('ACF.dat', files.length, tally, new Map())).toEqual([])
  })

  it('BCF.dat: maxima and the atoms they belong to are what others read', () => {
    const tally = emptyTally()
    const files = corpusFiles('BCF')
    for (const entry of files) {
      const { text } = oracleOf(entry)
      const { maxima } = readBcf(corpusBytes(entry).toString('latin1'))
      compare(tally, `${entry.case} charges`, maxima.map((maximum) => maximum.electrons), [text?.['charges']])
      compare(tally, `${entry.case} atoms`, maxima.map((maximum) => maximum.atomIndex + 1), [text?.['atoms']])
    }

    expect(printTally('BCF.dat', files.length, tally, new Map())).toEqual([])
  })
})
