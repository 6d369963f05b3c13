import { describe, expect, it } from 'vitest'
import { csvExporter } from '../../src/tables/csv.ts'
import { htmlTable } from '../../src/tables/html-text.ts'
import { latexExporter } from '../../src/tables/latex.ts'
import type { ResultTable } from '../../src/tables/result-table.ts'

const table = (phase: string): ResultTable => ({
  name: 'references',
  title: 'References',
  columns: [
    { key: 'candidate', label: 'Candidate', description: 'Identifier' },
    { key: 'phase', label: 'Phase', description: 'Name', isFormula: true },
  ],
  rows: [{ candidate: 'ref-Li2O', phase }],
  notes: [],
})
const html = (phase: string): string => /<td[^>]*>(?:(?!<td).)*<\/td><\/tr>/.exec(htmlTable(table(phase)))![0].replace(/^<td[^>]*>|<\/td><\/tr>$/g, '')
const latex = (phase: string): string => / {4}ref-Li2O & (.*) \\\\/.exec(latexExporter.render(table(phase)) as string)![1]!

describe('formulas in columns of formulas', () => {
  it.each([
    ['Li2MnO3', 'Li<sub>2</sub>MnO<sub>3</sub>', 'Li$_{2}$MnO$_{3}$'],
    ['Li1.2Mn0.6O2', 'Li<sub>1.2</sub>Mn<sub>0.6</sub>O<sub>2</sub>', 'Li$_{1.2}$Mn$_{0.6}$O$_{2}$'],
    ['Li2O + O2', 'Li<sub>2</sub>O + O<sub>2</sub>', 'Li$_{2}$O + O$_{2}$'],
    ['Al2(SO4)3', 'Al<sub>2</sub>(SO<sub>4</sub>)<sub>3</sub>', 'Al$_{2}$(SO$_{4}$)$_{3}$'],
    ['MgO', 'MgO', 'MgO'],
  ])('have their counts low: %s', (formula, inHtml, inLatex) => {
    expect(html(formula)).toBe(inHtml)
    expect(latex(formula)).toBe(inLatex)
    expect(csvExporter.render(table(formula))).toContain(formula)
  })

  it.each([
    ['Xx2O3', 'Xx2O3'],
    ['run 2', 'run 2'],
    ['alpha-MnO2', 'alpha-MnO2'],
    ['<sub>O2</sub>', '&lt;sub&gt;O2&lt;/sub&gt;'],
    ['O2<script>alert(1)</script>', 'O2&lt;script&gt;alert(1)&lt;/script&gt;'],
  ])('are told from names: %s stays as it is, and is escaped', (name, inHtml) => {
    expect(html(name)).toBe(inHtml)
    expect(latex(name)).not.toContain('$_{')
  })

  it('leave other columns alone: a candidate called like a formula has no low figures', () => {
    expect(htmlTable(table('MgO'))).toContain('<td>ref-Li2O</td>')
  })
})
