import { seriesFlagsOf, seriesFlagWords, type SeriesFlag } from '../../app/results/series-flags.ts'
import { changeWords } from '../../app/results/series-marks.ts'
import { notedByHand, notedWords, type NotedByHand } from '../../app/hands/noted-by-hand.ts'
import { provenanceChain, verifyChain } from '../../app/provenance/provenance-chain.ts'
import { methodOfSite, openObjects, openStore } from '../../compose.ts'
import type { Objects } from '../../ports/objects.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { JobNotice } from '../../ports/site-watch.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord, EventRecord, Store } from '../../ports/store.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import { alignedText } from '../aligned-text.ts'
import { noticeText } from '../print-waiting.ts'
import type { CommandDefinition, CommandIo, CommandOptions, ExitCode } from '../command.ts'
import { provenanceText, verifiedText } from '../print-provenance.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const showCommand: CommandDefinition = {
  name: 'show',
  summary: 'show one calculation: state, attempts, history and result',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [
    { flags: '--why', description: 'where each value comes from: files, attempt, inputs, versions, and what it started from' },
    { flags: '--verify', description: 'read the kept copies of those files again and compare their checksums' },
    { flags: '--json', description: 'one JSON object' },
    projectOption,
  ],
  examples: ['dopant show li2mno3-010/pristine/relax', 'dopant show li2mno3-010/pristine/static --why', 'dopant show li2mno3-010/pristine/static --verify'],
  run: async ([id = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      if (options['why'] === true || options['verify'] === true) return await showProvenance(id, store, openObjects(workspace), options, io)
      const calculation = await store.calculation(id)
      if (calculation === undefined) throw new CalculationUnknownError(id)
      const events = await store.events({ calculationId: id })
      const attempts = await store.attempts(id)
      const notice = (await store.jobNotices()).find(({ calculationId }) => calculationId === id)
      const byHand = (await notedByHand(store, [calculation.site])).find(({ calculationId }) => calculationId === id)
      const result = keptResult(await store.result(id))
      const seriesFlags = await seriesFlagsOf(store, calculation, methodOfSite(workspace))
      if (options['json'] === true) io.stdout.write(`${JSON.stringify({ calculation, attempts, events, result: result ?? null, notice: notice ?? null, byHand: byHand ?? null, seriesFlags })}\n`)
      else io.stdout.write(forPeople(calculation, events, { result, notice, byHand, seriesFlags }) + correctionsFor(attempts))
    } finally {
      await close()
    }
    return 0
  },
}

/** The chain behind a result; with `--verify` the kept files are read again. */
async function showProvenance(id: string, store: Store, objects: Objects, options: CommandOptions, io: CommandIo): Promise<ExitCode> {
  const chain = await provenanceChain(store, id)
  const files = options['verify'] === true ? await verifyChain(store, objects, chain) : []
  if (options['json'] === true) io.stdout.write(`${JSON.stringify({ chain, files })}\n`)
  else io.stdout.write(options['why'] === true ? provenanceText(chain) : '')
  if (options['verify'] === true && options['json'] !== true) io.stdout.write(verifiedText(files))
  return files.every(({ answer }) => answer === 'whole') ? 0 : 1
}

interface Known {
  readonly result: StepResult | undefined
  readonly notice: JobNotice | undefined
  readonly byHand: NotedByHand | undefined
  readonly seriesFlags: readonly SeriesFlag[]
}

function forPeople(calculation: CalculationRecord, events: readonly EventRecord[], { result, notice, byHand, seriesFlags }: Known): string {
  const { plan, failure } = calculation
  const facts = [
    ['state', calculation.state],
    ...standingFacts(calculation),
    ['functional', plan.functional],
    ['k-mesh', plan.kMesh.join(' × ')],
    ['waits for', calculation.dependsOn.join(', ') || 'nothing'],
    ['folder', calculation.remoteFolder ?? 'none yet'],
    ['job', calculation.nativeId ?? 'none yet'],
    ...(notice === undefined ? [] : [['queue', noticeText(notice)]]),
    ...(byHand === undefined ? [] : [['by hand', notedWords(byHand)]]),
    ...(failure === null ? [] : [['failure', `${failure.code}: ${failure.message}`], ['what to do', failure.remedy]]),
    ...(result === undefined ? [] : resultFacts(result)),
    ...seriesFlags.map((flag) => ['its rows say', seriesFlagWords(flag)]),
  ]
  const history = events.map((event) => [event.at, event.to, event.actor, event.reason])
  return `${alignedText([calculation.id, ''], facts)}\n${alignedText(['when', 'state', 'by', 'why'], history)}`
}

/** What was changed after failures, attempt by attempt; nothing for a calculation that went well. */
function correctionsFor(attempts: readonly AttemptRecord[]): string {
  const rows = attempts.flatMap(({ attempt, corrections }) =>
    corrections.map((each) => [String(attempt), changeWords(each), each.class, `${each.symptom}: ${each.reason}`, each.source]),
  )
  return rows.length === 0 ? '' : `\n${alignedText(['attempt', 'changed', 'class', 'why', 'source'], rows)}`
}

/** Only what is out of the ordinary. */
function standingFacts({ obsoleteSince, reusedFrom, priority, sites }: CalculationRecord): string[][] {
  return [
    ...(obsoleteSince === null ? [] : [['obsolete', `since ${obsoleteSince}: a newer text of the screen does not ask for it`]]),
    ...(reusedFrom === null ? [] : [['result', `reused from ${reusedFrom}`]]),
    ...(priority === 0 ? [] : [['priority', String(priority)]]),
    ...(sites.length === 0 ? [] : [['may run on', sites.join(', ')]]),
  ]
}

function resultFacts(result: StepResult): string[][] {
  const energy = result.energies.energySigmaToZeroEv
  return [
    ['method', result.method],
    ['run', `${result.runState}, ${result.ionicStepCount} ionic steps`],
    ['energy (σ→0)', energy === null ? 'not read' : `${energy.toFixed(6)} eV`],
    ['largest force', result.maxForceEvPerAngstrom === null ? 'not read' : `${result.maxForceEvPerAngstrom.toFixed(4)} eV/Å`],
    ...result.flags.map((flag) => ['flag', flag]),
  ]
}
