import { useState } from 'preact/hooks'
import type { ProbeAnswer, SiteCheckLine, SiteInfo } from '../../api-types.ts'
import { ApiError, postLines } from '../api.ts'
import { isMeant } from './confirmation.tsx'
import { Trouble } from './opening.tsx'
import { Fact } from './site-cards.tsx'

type Outcome = 'well' | 'failed' | 'unreachable'

const outcomeWords: Readonly<Record<Outcome, string>> = {
  well: 'The site is ready.',
  failed: 'The site is not ready yet: the lines marked with a cross say what to do.',
  unreachable: 'The site cannot be reached; nothing more can be said before there is a connection.',
}

/** Asks the site everything that a screen will rely on, and shows each answer as it comes. */
export function SiteCheck({ site }: { site: SiteInfo }) {
  const check = useCheck(site.name)
  return (
    <section class="card padded" aria-label={`Check of ${site.name}`}>
      <dl class="facts">
        <Fact name="Host" value={site.host} />
        <Fact name="Batch system" value={site.scheduler} />
        <Fact name="VASP" value={site.vaspVersion} />
        <Fact name="Places" value={site.maxJobs} />
        <Fact name="Polls every" value={`${site.pollSeconds} s`} />
      </dl>
      <p class="quiet">
        Folder: <code>{site.workFolder}</code>
      </p>
      <div class="buttons">
        <button class="main" disabled={check.isRunning} onClick={() => void check.run(false)}>
          {check.isRunning ? 'Looking …' : 'Look, without a job'}
        </button>
        <button disabled={check.isRunning} onClick={() => void check.runWithJob()}>
          Check with a tiny real job …
        </button>
      </div>
      {check.error !== undefined && <Trouble error={check.error} />}
      <ul class="probes" aria-live="polite">
        {check.probes.map((probe) => (
          <ProbeLine key={probe.probe} probe={probe} />
        ))}
      </ul>
      {check.words !== '' && <p class="quiet">{check.words}</p>}
      {check.outcome !== undefined && <p class={`outcome is-${check.outcome}`}>{outcomeWords[check.outcome]}</p>}
    </section>
  )
}

function useCheck(site: string) {
  const [probes, setProbes] = useState<readonly ProbeAnswer[]>([])
  const [words, setWords] = useState('')
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const [isRunning, setIsRunning] = useState(false)
  const [error, setError] = useState<ApiError | undefined>(undefined)
  const take = (line: SiteCheckLine): void => {
    if ('probe' in line) setProbes((old) => [...old, line.probe])
    else if ('words' in line) setWords(line.words)
    else {
      setOutcome(line.outcome)
      setWords(line.keptFolder === null ? '' : `The test job's folder is kept: ${line.keptFolder}`)
    }
  }
  const run = async (withJob: boolean): Promise<void> => {
    setProbes([])
    setWords('')
    setOutcome(undefined)
    setError(undefined)
    setIsRunning(true)
    try {
      for await (const line of postLines<SiteCheckLine>('/api/sites/check', { site, withJob })) take(line)
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      setError(cause)
    } finally {
      setIsRunning(false)
    }
  }
  const runWithJob = async (): Promise<void> => {
    const question = { title: `Submit a test job to ${site}?`, words: 'It runs VASP on a tiny cell for a minute or so and costs its core-hours; it may have to wait in the queue.', yes: 'Submit it', isGrave: false }
    if (await isMeant(question)) await run(true)
  }
  return { probes, words, outcome, isRunning, error, run, runWithJob }
}

const signs = { ok: '✓', warning: '!', wrong: '✗', skipped: '–' } as const
const signWords = { ok: 'well', warning: 'something is lost', wrong: 'wrong', skipped: 'left out' } as const

function ProbeLine({ probe: { probe, status, found, remedy } }: { probe: ProbeAnswer }) {
  return (
    <li class={`is-${status}`}>
      <span class="sign" role="img" aria-label={signWords[status]}>
        {signs[status]}
      </span>
      <b>{probe}</b>
      <span>
        {found}
        {remedy !== undefined && <em>{remedy}</em>}
      </span>
    </li>
  )
}
