import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { attemptsTable } from '../../../src/app/report/attempts-table.ts'
import { correctionLines } from '../../../src/app/report/provenance-table.ts'
import { methodsText } from '../../../src/app/report/methods-text.ts'
import { reportHtml, type ReportContent } from '../../../src/app/report/report-html.ts'
import { viewerScenes } from '../../../src/app/report/viewer-scenes.ts'
import { bondDistributionFigure } from '../../../src/tables/figures/bond-distribution.ts'
import { candidate, stepMethod, structure } from './fixtures.ts'

const templates = handlebarsTemplates({ folders: [join(import.meta.dirname, '../../../templates')] })
const nasty = '</script><script>alert("x")</script> & <b>'

function content(isRehearsal: boolean): ReportContent {
  const table = {
    name: 'bonds',
    title: 'Bond lengths',
    columns: [{ key: 'candidate', label: 'Candidate', description: 'Identifier' }, { key: 'mean', label: 'd', unit: 'Å', digits: 3, description: 'Mean' }],
    rows: [{ candidate: nasty, mean: 1.37249 }],
    notes: [],
  }
  return {
    screenName: 'screen',
    title: `Dopants ${nasty}`,
    facts: [nasty],
    isRehearsal,
    caveats: [nasty],
    figures: [bondDistributionFigure({ title: nasty, caption: nasty, isRehearsal, entries: [{ element: 'B', series: nasty, lengthsAngstrom: [1.37] }] })],
    scenes: viewerScenes([{ ...candidate, candidateId: nasty }]),
    tables: [table],
    methods: methodsText([stepMethod], { slab: undefined }),
    corrections: [nasty],
    attempts: { ...table, name: 'attempts' },
    provenance: { ...table, name: 'provenance' },
  }
}

describe('a report', () => {
  it('asks for nothing from elsewhere, and its own policy would forbid it', async () => {
    const html = await reportHtml(content(false), templates)
    const requests = [...html.matchAll(/(?:\b(?:src|href|action)=["']|url\(["']?|@import\s+["']?)([^"')\s>]+)/g)].map((match) => match[1]!)

    expect(requests.length).toBeGreaterThan(5)
    expect(requests.filter((target) => !target.startsWith('#') && !target.startsWith('data:'))).toEqual([])
    expect(html).toContain("default-src 'none'")
  })

  it('says on the screen and on every printed page that it is a rehearsal, and only then', async () => {
    const [rehearsed, real] = await Promise.all([reportHtml(content(true), templates), reportHtml(content(false), templates)])

    expect(rehearsed).toContain('class="rehearsal"')
    expect(rehearsed).toContain('class="page-mark"')
    expect(real).not.toMatch(/<div class="(rehearsal|page-mark)"/)
  })

  it('lets no word from a screen or a run become markup', async () => {
    const html = await reportHtml(content(false), templates)

    expect(html).not.toContain('alert("x")')
    expect(html.match(/<script/g)).toHaveLength(2)
  })

  it('shows the number of the table, and brings the whole table as CSV', async () => {
    const html = await reportHtml(content(false), templates)
    const csv = /base64,([^"]+)"/.exec(html)![1]!

    expect(html).toContain('>1.372<')
    expect(Buffer.from(csv, 'base64').toString('utf8')).toContain('1.372')
  })
})

describe('the attempts of a report', () => {
  it('are those of calculations that did not succeed at once, with what was changed and what was found', () => {
    const attempt = (calculationId: string, n: number, more: object = {}) => ({ calculationId, attempt: n, corrections: [], diagnoses: [], decision: null, site: 'here', coreHours: 1.5, ...more })
    const found = { diagnoses: [{ symptom: 'zbrent', says: '', cause: 'the line search failed', advice: '' }], decision: { kind: 'retry', reason: 'another algorithm' } }
    const changed = { corrections: [{ class: 'comparability', symptom: 'zbrent', step: 1, changes: [{ kind: 'set', tag: 'ISYM', value: 0 }] }] }
    const runs = [
      { calculation: { id: 'a' }, attempts: [attempt('a', 1)] },
      { calculation: { id: 'b' }, attempts: [attempt('b', 1, found), attempt('b', 2, changed), attempt('b', 3)] },
    ] as unknown as Parameters<typeof attemptsTable>[0]
    const { rows } = attemptsTable(runs)

    expect(rows.map(({ calculation, attempt: n }) => [calculation, n])).toEqual([['b', 1], ['b', 2], ['b', 3]]) // prettier-ignore
    expect(rows[0]).toMatchObject({ found: 'zbrent: the line search failed', followed: 'another algorithm', comparability: 'yes', corrections: null })
    expect(rows[1]).toMatchObject({ comparability: 'no', corrections: expect.stringContaining('ISYM = 0') })
    // A correction stays in force.
    expect(rows[2]).toMatchObject({ comparability: 'no', corrections: null })
  })
})

describe('the structures of a report', () => {
  const [scene] = viewerScenes([candidate])

  it('have half bonds that meet in the middle of B–O', () => {
    const halves = Array.from({ length: scene!.sticks.length / 4 }, (_, n) => scene!.sticks.slice(4 * n, 4 * n + 4))

    expect(halves).toHaveLength(2 * 3)
    for (const [, ...half] of halves) expect(2 * Math.hypot(...half)).toBeCloseTo(1.37, 2)
  })

  it('mark the dopant', () => {
    expect(scene!.marked.map((index) => structure.sites[index]!.element)).toEqual(['B'])
  })
})

describe('the methods text', () => {
  it('says functional, U, cut-off, mesh, datasets and version as the runs have them, with numbered sources', () => {
    const { paragraphs, references } = methodsText([stepMethod], { slab: undefined })
    const text = paragraphs.join(' ')

    for (const words of ['VASP 6.4.2', 'PBE+U', '4.5 eV on Mn', '520 eV', '3 × 3 × 1', 'PAW_PBE Mn_pv 02Aug2007', '0.01 eV/Å'])
      expect(text).toContain(words)
    const cited = [...text.matchAll(/\[([\d,]+)\]/g)].flatMap((match) => match[1]!.split(',').map(Number))
    expect(new Set(cited).size).toBe(references.length)
    expect(Math.max(...cited)).toBe(references.length)
    expect(references.join()).toContain('Phys. Rev. B 57, 1505')
  })

  it('leaves out +U and its source where there is none', () => {
    const { paragraphs, references } = methodsText([{ ...stepMethod, hubbardUEv: {}, functionals: ['PBE'] }], { slab: undefined })

    expect(paragraphs.join(' ')).not.toContain('U − J')
    expect(references.join()).not.toContain('Dudarev')
  })

  it('says which phases limited the chemical potentials, and what was done to O2', () => {
    const phases = (['Li', 'O2', 'Li2O'] as const).map((phase) => ({
      ...candidate,
      reference: { phase, kind: phase === 'Li' ? ('metal' as const) : ('crystal' as const) },
    }))
    const chemicalPotentials = { oxygenCorrection: 'wang-2006' as const, stated: {} }
    const { paragraphs, references } = methodsText([stepMethod], { slab: undefined, chemicalPotentials }, phases)

    expect(paragraphs.at(-1)).toMatch(/limited by Li, O2 and Li2O, .*Li had Methfessel–Paxton smearing of 0.2 eV.*raised by 1.36 eV \[\d+\]/)
    expect(references.join()).toContain('Phys. Rev. B 73, 195107')
    expect(methodsText([stepMethod], { slab: undefined }, []).paragraphs.join()).not.toContain('hemical potential')
  })

  it('never lets a rehearsal pass for a calculation', () => {
    const { paragraphs } = methodsText([{ ...stepMethod, methods: ['rehearsal'] }], { slab: undefined })

    expect(paragraphs[0]).toMatch(/^Rehearsal:/)
    expect(paragraphs.join(' ')).not.toContain('VASP 6.4.2')
  })
})

describe('corrections', () => {
  it('are the times that a calculation was sent back, not the first time that it was ready', () => {
    const event = { sequence: 1, calculationId: 's/b/relax', at: '', actor: 'collect', attempt: 1 } as const
    const run = { calculation: { id: 's/b/relax' }, result: undefined, collectedAt: undefined, attempts: [] } as never
    const lines = correctionLines(
      [
        { ...event, from: 'planned', to: 'ready', reason: 'nothing to wait for' },
        { ...event, from: 'ended', to: 'ready', reason: 'goes on from the last geometry' },
        { ...event, calculationId: 'other/x/relax', from: 'ended', to: 'ready', reason: 'of another screen' },
      ],
      [run],
    )

    expect(lines).toEqual(['s/b/relax, after attempt 1: goes on from the last geometry'])
  })
})
