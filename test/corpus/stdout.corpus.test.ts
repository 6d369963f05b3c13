import { describe, expect, it } from 'vitest'
import { readStdout } from '../../src/vasp/output/stdout.ts'
import { contentOf, corpusEntries, hasCorpus, oracleOf, whySkipped } from './corpus-cases.ts'

// Names that a source uses for what we call otherwise, or for what no message says.
const otherNames: Readonly<Record<string, string | undefined>> = {
  'mesh_symmetry (only when vasprun.xml is not converged)': 'mesh_symmetry',
  'tetrahedron_mesh': 'ksymm',
  '703 VASP critical error in stdout': 'brmix',
  // The file has "internal error in subroutine IBZKPT", followed by the tetrahedron message.
  'ibzkpt': 'tet',
  // Told from the other files of the run, or made up for a test of the source.
  '700 did not finish': undefined,
  '701 electronic not converged': undefined,
  '702 ionic not converged': undefined,
  'state: killed': undefined,
  'state: stopped': undefined,
  'nostart': undefined,
}

describe.skipIf(!hasCorpus)(`standard output of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  const entries = corpusEntries('STDOUT')

  it('names every message that the source of a failed run expects', () => {
    const missing: string[] = []
    let found = 0

    for (const entry of entries) {
      const keys = readStdout(contentOf(entry).toString('latin1')).messages.map((message) => message.key)
      for (const name of entry.expected_errors ?? []) {
        const expected = name in otherNames && !(name === 'ibzkpt' && keys.includes('ibzkpt')) ? otherNames[name] : name
        if (expected === undefined) continue
        if (keys.includes(expected)) found++
        else missing.push(`${entry.case} ${entry.name}: ${expected}, found ${keys.join(' ')}`)
      }
    }

    console.log(`STDOUT: expected messages found ${found}, missing ${missing.length}`)
    expect(missing).toEqual([])
  })

  it('counts the electronic and ionic steps as the line-by-line reader does', () => {
    for (const entry of entries) {
      const { text } = oracleOf(entry)
      if (text?.['ionic_steps'] === undefined) continue
      const stdout = readStdout(contentOf(entry).toString('latin1'))
      expect([stdout.ionicSteps, stdout.electronicSteps], entry.case).toEqual([text['ionic_steps'], text['electronic_lines']])
    }
  })
})
