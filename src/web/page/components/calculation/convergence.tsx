import type { CourseAnswer } from '../../../calculation-api.ts'
import type { CalculationRow } from '../../../calculation-row.ts'
import { useAnswer } from '../../use-answer.ts'
import { useRounds } from '../../use-rounds.ts'
import type { PlotCurve } from '../plot.tsx'
import { LazyPlot as Plot } from '../lazy-plot.tsx'
import { Trouble } from '../opening.tsx'

/** How electrons and ions converge; while the job runs the curves grow. */
export function Convergence({ id, row }: { id: string; row: CalculationRow }) {
  const round = useRounds(row.state === 'running' ? 10_000 : undefined)
  const { value, error } = useAnswer<CourseAnswer>(row.attempt === 0 ? undefined : '/api/course', { id }, `${row.revision} ${round}`)
  if (row.attempt === 0) return null
  return (
    <section class="card padded" aria-label="Convergence">
      <h2>Convergence</h2>
      {error !== undefined && <Trouble error={error} />}
      {value?.words != null && <p class="quiet">{value.words}</p>}
      {value !== undefined && value.scf.length > 0 && <Curves course={value} />}
    </section>
  )
}

function Curves({ course: { scf, ionic, ediffEv, forceLimitEvPerAngstrom } }: { course: CourseAnswer }) {
  const last = ionic.at(-1)?.energyEv ?? 0
  const energies = ionic.map(({ energyEv }) => (energyEv === null || energyEv === last ? null : Math.abs(energyEv - last)))
  const forces = ionic.map(({ maxForceEvPerAngstrom }) => maxForceEvPerAngstrom)
  const ionicCurves: PlotCurve[] = [
    { words: '|E − E last| (eV)', values: energies, tone: 'accent' },
    ...(forces.some((force) => force !== null) ? [{ words: 'max |F| (eV/Å)', values: forces, tone: 'dopant' } as const] : []),
  ]
  const lastChange = scf.at(-1)?.changeEv
  return (
    <>
      <Plot
        title={`Electrons: |ΔE| of ${scf.length} steps${lastChange == null ? '' : `, last ${lastChange.toExponential(1)} eV`}`}
        xWords="electronic step"
        curves={[{ words: '|ΔE| (eV)', values: scf.map(({ changeEv }) => (changeEv === 0 ? null : changeEv)), tone: 'accent' }]}
        limit={{ value: ediffEv, words: `EDIFF ${ediffEv}` }}
      />
      {ionic.length > 1 && (
        <Plot
          title={`Ions: ${ionic.length} steps`}
          xWords="ionic step"
          curves={ionicCurves}
          {...(forceLimitEvPerAngstrom === null ? {} : { limit: { value: forceLimitEvPerAngstrom, words: `limit ${forceLimitEvPerAngstrom} eV/Å` } })}
        />
      )}
    </>
  )
}
