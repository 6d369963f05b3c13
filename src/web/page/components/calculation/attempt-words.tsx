import type { AttemptRecord } from '../../../../ports/attempt.ts'
import type { Correction } from '../../../../recovery/correction.ts'
import type { SeriesChangeAnswer } from '../../../calculation-api.ts'
import { act, canDo, type Warning } from '../../act.ts'
import { getJson } from '../../api.ts'

interface AttemptWordsProps {
  readonly id: string
  readonly screen: string
  readonly record: AttemptRecord
  readonly isCurrent: boolean
}

/** What this attempt does otherwise, what was found in its files, and what follows from that. */
export function AttemptWords({ id, screen, record: { corrections, diagnoses, decision }, isCurrent }: AttemptWordsProps) {
  const offer = decision?.kind === 'offer' ? decision.correction : undefined
  return (
    <>
      {corrections.map((correction) => (
        <p key={`${correction.symptom}${correction.ladderStep}`} class="note">
          <b>Corrected</b> {correctionWords(correction)}
        </p>
      ))}
      {diagnoses.map(({ symptom, says, cause, advice }) => (
        <p key={symptom} class="note is-bad">
          <b>Found</b> {cause} <q>{says.trim()}</q> {advice}
        </p>
      ))}
      {decision !== null && (
        <p class="note">
          <b>{decisionWords[decision.kind]}</b> {decision.reason}
        </p>
      )}
      {offer !== undefined && isCurrent && <Offer id={id} screen={screen} correction={offer} />}
    </>
  )
}

const decisionWords: Readonly<Record<NonNullable<AttemptRecord['decision']>['kind'], string>> = {
  accept: 'Accepted',
  correct: 'Corrected and tried again',
  continue: 'Continued',
  repeat: 'Repeated',
  offer: 'Waits for your word',
  person: 'Waits for a person',
}

/** A correction that changes what the energies mean is taken for the whole series or not at all. */
function Offer({ id, screen, correction }: { id: string; screen: string; correction: Correction }) {
  if (!canDo('accept-correction')) return null
  const warning = async (): Promise<Warning> => {
    const change = await getJson<SeriesChangeAnswer>('/api/series-change', { id })
    return { title: 'Accept for every member?', words: `${correctionWords(correction)} ${costWords(screen, change)}`, yes: 'Accept for the series', isGrave: true }
  }
  const accept = (): Promise<void> => act('accept-correction', { ids: [id] }, warning)
  return (
    <div class="buttons">
      <button class="main" onClick={() => void accept()}>
        Accept the correction …
      </button>
    </div>
  )
}

/** What the series pays so that all its energies stay comparable. */
export function costWords(screen: string, { again, underWay, other, coreHours }: Omit<SeriesChangeAnswer, 'screenName' | 'name' | 'steps'>): string {
  const hours = coreHours < 10 ? coreHours.toPrecision(2) : coreHours.toFixed(0)
  const redone = again === 0 ? `Nothing of ${screen} that is finished runs again.` : `${again} finished calculations of ${screen} run again, for about ${hours} core-hours, which is what they cost last.`
  const lost = underWay === 0 ? [] : [`${underWay} at work now start again when they have ended.`]
  const later = other === 0 ? [] : [`${other} take it when they start.`]
  return [redone, ...lost, ...later].join(' ')
}

export function correctionWords({ symptom, changes, reason }: Correction): string {
  return `${symptom}: ${changes.map(changeWords).join(', ')}. ${reason}`
}

function changeWords(change: Correction['changes'][number]): string {
  if (change.kind === 'set') return `${change.tag} = ${String(change.value)}`
  if (change.kind === 'unset') return `without ${change.tag}`
  if (change.kind === 'start') return `start from ${change.geometry === 'contcar' ? 'the last geometry' : 'the same geometry'}, WAVECAR ${change.wavecar === 'read' ? 'read' : 'ignored'}`
  if (change.kind === 'remove') return `without the old ${change.file}`
  if (change.kind === 'layout') return `ranks: ${change.change}`
  if (change.kind === 'walltime') return `${change.factor} × the time`
  return change.kind === 'stop' ? `stop with ${change.how}` : 'other nodes'
}
