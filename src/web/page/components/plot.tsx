import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { isDark } from '../theme.ts'

export interface PlotCurve {
  readonly words: string
  readonly values: readonly (number | null)[]
  readonly tone: 'accent' | 'dopant'
}

interface PlotProps {
  readonly title: string
  readonly xWords: string
  readonly curves: readonly PlotCurve[]
  readonly limit?: { readonly value: number; readonly words: string }
}

const height = 200

/** Curves over a count from 1, on a logarithmic axis. */
export function Plot({ title, xWords, curves, limit }: PlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const dark = isDark()
  const data = dataOf(curves, limit?.value)
  const shape = `${dark} ${curves.map(({ words }) => words).join()} ${limit?.words}`
  useEffect(() => {
    const element = box.current!
    plot.current = new uPlot(optionsOf(curves, limit?.words, xWords, element.clientWidth), data, element)
    const watcher = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      plot.current?.destroy()
    }
  }, [shape])
  useEffect(() => plot.current?.setData(data), [data[0].length, curves])
  return (
    <figure class="plot">
      <figcaption>{title}</figcaption>
      <div ref={box} role="img" aria-label={`${title}. ${spoken(curves, limit?.words)}`} />
    </figure>
  )
}

function dataOf(curves: readonly PlotCurve[], limit: number | undefined): uPlot.AlignedData {
  const count = Math.max(...curves.map(({ values }) => values.length))
  const x = Array.from({ length: count }, (_, n) => n + 1)
  const drawn = curves.map(({ values }) => [...values])
  return [x, ...drawn, ...(limit === undefined ? [] : [x.map(() => limit)])]
}

function optionsOf(curves: readonly PlotCurve[], limitWords: string | undefined, xWords: string, width: number): uPlot.Options {
  const styles = getComputedStyle(document.documentElement)
  const colour = (name: string): string => styles.getPropertyValue(`--${name}`).trim()
  const axis = { stroke: colour('quiet'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), size: 4 }, font: `11px ${styles.fontFamily || 'sans-serif'}` }
  return {
    width,
    height,
    cursor: { y: false, points: { size: 7 } },
    scales: { x: { time: false }, y: { distr: 3 } },
    axes: [
      { ...axis, label: xWords, labelSize: 16, labelFont: axis.font, size: 30, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] },
      { ...axis, size: 52, filter: decades, grid: { ...axis.grid, filter: decades }, ticks: { ...axis.ticks, filter: decades }, values: (_plot, splits) => splits.map((value) => (value === null ? '' : powerWords(value))) },
    ],
    series: [
      { label: xWords },
      ...curves.map(({ words, tone }) => ({ label: words, stroke: colour(tone), width: 1.6, points: { size: 4 }, value: numberWords })),
      ...(limitWords === undefined ? [] : [{ label: limitWords, stroke: colour('quiet'), width: 1, dash: [4, 3], points: { show: false }, value: numberWords }]),
    ],
  }
}

/** Lines and numbers at the powers of ten only. */
function decades(_plot: uPlot, splits: number[]): (number | null)[] {
  return splits.map((value) => (Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9 ? value : null))
}

function numberWords(_plot: uPlot, value: number | null): string {
  return value === null ? '–' : value.toPrecision(3)
}

function powerWords(value: number): string {
  const power = Math.round(Math.log10(value))
  return power >= -2 && power <= 3 ? String(value) : `1e${power}`.replace('-', '−')
}

/** For those who cannot see the curve: where it begins and ends. */
function spoken(curves: readonly PlotCurve[], limitWords: string | undefined): string {
  const parts = curves.map(({ words, values }) => {
    const known = values.filter((value) => value !== null)
    return `${words} from ${known[0]?.toPrecision(2) ?? 'nothing'} to ${known.at(-1)?.toPrecision(2) ?? 'nothing'}`
  })
  return [...parts, ...(limitWords === undefined ? [] : [`dashed: ${limitWords}`])].join('; ')
}
