import { describe, expect, it } from 'vitest'
import { createOszicarReader, NotAnOszicarError, type Oszicar } from '../../src/vasp/output/oszicar.ts'
import { Agreement, type Difference } from './agreement.ts'
import { contentOf, corpusEntries, hasCorpus, oracleOf, whySkipped } from './corpus-cases.ts'

/** Where we differ, and why the file is on our side. */
const knownDifferences: readonly Difference[] = [
  { case: 'vaspsol-CO-Solvation-ref', field: 'scfSteps', reason: 'SOL: lines are the inner loop of the implicit solvent, not electronic steps' },
  { case: 'vaspsol-H2O-Solvation-ref', field: 'scfSteps', reason: 'SOL: lines are the inner loop of the implicit solvent, not electronic steps' },
  { case: 'aiidavasp-born_effective_charge', field: 'unfinishedScfSteps', reason: 'loops of the linear response follow the only, finished, ionic step' },
]

describe.skipIf(!hasCorpus)(`OSZICAR of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it('agrees with the other readers, or the reason is recorded', () => {
    const agreement = new Agreement(knownDifferences)

    for (const entry of corpusEntries('OSZICAR')) {
      const content = contentOf(entry)
      // One file holds nothing but a remark of the people who made it.
      if (content.toString('latin1').startsWith('#this should be empty')) {
        expect(() => read(content)).toThrow(NotAnOszicarError)
        continue
      }
      compare(agreement, entry.case, read(content), oracleOf(entry))
    }

    console.log(agreement.table('OSZICAR'))
    expect(agreement.unexplained).toEqual([])
    expect(agreement.outdated).toEqual([])
  })
})

function read(content: Uint8Array): Oszicar {
  const reader = createOszicarReader()
  reader.push(content)
  return reader.finish()
}

function compare(agreement: Agreement, name: string, { ionicSteps: steps, unfinishedScfSteps }: Oszicar, oracle: ReturnType<typeof oracleOf>): void {
  const { text = {}, pymatgen = {} } = oracle
  const check = (field: string, ours: unknown, theirs: readonly unknown[]): unknown => agreement.compare(name, field, ours, theirs)
  const ionic = (text['ionic'] ?? []) as readonly { readonly mag?: readonly number[] }[]

  check('steps', steps.length, [text['n_ionic'], pymatgen['n_ionic']])
  check('toten', steps.map((step) => step.totenEv), [text['F'], pymatgen['F']])
  check('energySigmaToZero', steps.map((step) => step.energySigmaToZeroEv), [text['E0'], pymatgen['E0']])
  // The oracle shortens the list of long runs.
  if (ionic.length === steps.length) check('magnetization', steps.map((step) => step.magnetizationMuB ?? []), [ionic.map((step) => step.mag ?? [])])
  // The other reader counts linear response and the step under way as one more ionic step.
  const counts = text['electronic'] as readonly number[] | undefined
  check('scfSteps', steps.map((step) => step.scfSteps), [counts?.slice(0, steps.length)])
  check('unfinishedScfSteps', unfinishedScfSteps, [text['unfinished_electronic']])
}
