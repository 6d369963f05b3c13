import type { Hono } from 'hono'
import { seriesFlags } from '../../../app/results/series-flags.ts'
import { seriesMarks } from '../../../app/results/series-marks.ts'
import { CalculationUnknownError } from '../../../ports/store-errors.ts'
import type { CalculationRecord, ResultRecord, Store } from '../../../ports/store.ts'
import type { RunProgress } from '../../../app/watch/run-progress.ts'
import { stepKindOf } from '../../../workflow/planned-calculation.ts'
import { keptResult } from '../../../workflow/kept-result.ts'
import type { CalculationDetail, ResultSummary, SeriesFlagsAnswer } from '../../calculation-api.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import type { LiveModel } from '../live-model.ts'
import { readCourse } from '../course.ts'
import { readInputs } from '../inputs.ts'
import type { TablesOf } from '../screen-tables.ts'
import { seriesChangeAnswer } from '../offered-change.ts'
import { structureAnswer } from '../structure-answer.ts'
import { candidateInfo } from './screens.ts'

/** One calculation: its history, its inputs, its convergence and its atoms. */
export function addCalculation(app: Hono, parts: DashboardParts, model: LiveModel, tablesOf: TablesOf): void {
  const { store } = parts
  const asked = async (id: string | undefined): Promise<CalculationRecord> => {
    const calculation = await store.calculation(id ?? '')
    if (calculation === undefined) throw new CalculationUnknownError(id ?? '')
    return calculation
  }
  app.get('/api/calculation', async (context) => context.json(await detailOf(store, model, await asked(context.req.query('id')))))
  app.get('/api/series-change', async (context) => context.json(await seriesChangeAnswer(store, context.req.query('id') ?? '')))
  app.get('/api/series-flags', async (context) => context.json(await seriesFlagsAnswer(store, tablesOf, await asked(context.req.query('id')))))
  app.get('/api/structure', async (context) => context.json(await structureAnswer(store, await asked(context.req.query('id')))))
  app.get('/api/course', async (context) => context.json(await readCourse(parts, await asked(context.req.query('id')), numberIn(context.req.query('attempt')))))
  app.get('/api/inputs', async (context) => context.json(await readInputs(parts, await asked(context.req.query('id')), numberIn(context.req.query('attempt')))))
}

export function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

/** Tables are made only where the series has a mark at all. */
async function seriesFlagsAnswer(store: Store, tablesOf: TablesOf, { screenName, candidateId }: CalculationRecord): Promise<SeriesFlagsAnswer> {
  if ((await seriesMarks(store, screenName)).size === 0) return { flags: [] }
  const { tables, candidates } = await tablesOf(screenName)
  return { flags: seriesFlags(tables, candidates, candidateId) }
}

async function detailOf(store: Store, model: LiveModel, calculation: CalculationRecord): Promise<CalculationDetail> {
  const { id, screenName, candidateId, step, site, plan, dependsOn, remoteFolder, attempt } = calculation
  const screen = await store.screen(screenName)
  const candidate = screen?.candidates.find((each) => each.id === candidateId)
  const progress = (await store.progress(screenName)).find((each) => each.calculationId === id && each.attempt === attempt)
  const result = await store.result(id)
  return {
    id,
    screen: screenName,
    candidate: candidate === undefined ? null : candidateInfo(candidate),
    step,
    kind: stepKindOf(plan),
    site,
    functional: plan.functional,
    kMesh: plan.kMesh,
    electronCount: plan.electronCount,
    notes: plan.notes,
    dependsOn,
    followers: model.followersOf(id),
    remoteFolder,
    events: await store.events({ calculationId: id }),
    attempts: await store.attempts(id),
    progress: (progress?.progress as RunProgress | undefined) ?? null,
    result: result === undefined ? null : resultSummary(result),
  }
}

function resultSummary(record: ResultRecord): ResultSummary {
  const { method, vaspVersion, runState, energies, maxForceEvPerAngstrom, ionicStepCount, totalMomentMuB, elapsedSeconds, flags } = keptResult(record)
  const { energySigmaToZeroEv } = energies
  return { attempt: record.attempt, method, vaspVersion, runState, energySigmaToZeroEv, maxForceEvPerAngstrom, ionicStepCount, totalMomentMuB, elapsedSeconds, flags }
}
