import { convergenceTestsFigure, type TestCourse, type TestPanel } from '../../../tables/figures/convergence-tests.ts'
import type { Figure } from '../../../tables/figures/figure.ts'
import type { ResultTable, TableRow } from '../../../tables/result-table.ts'

/** What is drawn of each parameter, the most telling first; a thickness has no energy per atom that would converge. */
const quantities: readonly (readonly [key: string, title: string])[] = [
  ['energyChangeMev', 'ΔE (meV per atom)'],
  ['surfaceEnergyJPerM2', 'γ (J/m²)'],
  ['meanChangeAngstrom', 'Δd mean (Å)'],
]
const mostRows = 2

/** Convergence tests of a screen; none without any value beside the screen's own. */
export function convergenceTestFigures(table: ResultTable): readonly Figure[] {
  const parameters = [...new Set(table.rows.map((row) => String(row['parameter'])))]
  const columns = parameters.map((parameter) => panelsOf(table.rows.filter((row) => row['parameter'] === parameter), parameter)).filter((panels) => panels.length > 0)
  if (columns.length === 0) return []
  return [
    convergenceTestsFigure({
      title: 'Convergence tests',
      caption: 'One setting is changed at a time, finer to the right; ringed: the value of the screen. ΔE and Δd are counted from the finest value, γ is the surface energy.',
      columns,
      isRehearsal: table.rows.some((row) => row['method'] === 'rehearsal'),
    }),
  ]
}

function panelsOf(rows: readonly TableRow[], parameter: string): readonly TestPanel[] {
  const panels = quantities.flatMap(([key, yTitle]): TestPanel[] => {
    const courses = coursesOf(rows, key)
    return courses.length === 0 ? [] : [{ xTitle: parameter, yTitle, courses, isFinerDown: parameter.startsWith('k spacing') }]
  })
  return panels.slice(0, mostRows)
}

function coursesOf(rows: readonly TableRow[], key: string): readonly TestCourse[] {
  const names = [...new Set(rows.map((row) => String(row['of'])))]
  const courses = names.map((candidate): TestCourse => {
    const own = rows.filter((row) => row['of'] === candidate)
    const points = own.flatMap((row) => {
      const [x, y] = [row['value'], row[key]]
      return typeof x === 'number' && typeof y === 'number' ? [{ x, y, isOwn: row['isOwn'] === 'own' }] : []
    })
    return { candidate, points }
  })
  return courses.filter(({ points }) => points.length > 1)
}
