import { describe, expect, it } from 'vitest'
import { readAcf, sumElectrons } from '../../src/vasp/output/acf.ts'
import { readBcf } from '../../src/vasp/output/bcf.ts'
import { Agreement } from './agreement.ts'
import { contentOf, corpusEntries, hasCorpus, oracleOf, whySkipped } from './corpus-cases.ts'

describe.skipIf(!hasCorpus)(`Bader files of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it('ACF.dat: charges, distances, volumes and electrons are what others read', () => {
    const agreement = new Agreement([])
    const files = corpusEntries('ACF')
    for (const entry of files) {
      const { text, ase } = oracleOf(entry)
      const acf = readAcf(contentOf(entry).toString('latin1'))
      const check = (field: string, ours: unknown, ...theirs: unknown[]) =>
        agreement.compare(entry.case, field, ours, theirs)
      check(
        'charges',
        acf.atoms.map((atom) => atom.electrons),
        text?.['charges'],
        ase?.['charges'],
      )
      check(
        'distances',
        acf.atoms.map((atom) => atom.minDistanceAngstrom),
        text?.['min_dist'],
      )
      check(
        'volumes',
        acf.atoms.map((atom) => atom.volumeAngstrom3),
        text?.['volumes'],
      )
      check('first position', acf.atoms[0]?.cartesianAngstrom, text?.['positions_first'])
      check('vacuum charge', acf.vacuumElectrons, text?.['vacuum_charge'])
      check('vacuum volume', acf.vacuumVolumeAngstrom3, text?.['vacuum_volume'])
      check('electrons', acf.electronCount, text?.['number_of_electrons'])
      expect(Math.abs(sumElectrons(acf) - acf.electronCount), entry.case).toBeLessThan(1e-4)
    }

    console.log(agreement.table(`ACF.dat, ${files.length} files`))
    expect(agreement.unexplained).toEqual([])
  })

  it('BCF.dat: maxima and the atoms they belong to are what others read', () => {
    const agreement = new Agreement([])
    const files = corpusEntries('BCF')
    for (const entry of files) {
      const { text } = oracleOf(entry)
      const { maxima } = readBcf(contentOf(entry).toString('latin1'))
      agreement.compare(
        entry.case,
        'charges',
        maxima.map((maximum) => maximum.electrons),
        [text?.['charges']],
      )
      agreement.compare(entry.case, 'number', maxima.length, [text?.['n']])
      agreement.compare(
        entry.case,
        'sum',
        maxima.reduce((sum, maximum) => sum + maximum.electrons, 0),
        [text?.['sum_charge']],
      )
      agreement.compare(
        entry.case,
        'atoms',
        maxima.map((maximum) => maximum.atomIndex + 1),
        [text?.['atoms']],
      )
    }

    console.log(agreement.table(`BCF.dat, ${files.length} files`))
    expect(agreement.unexplained).toEqual([])
  })
})
