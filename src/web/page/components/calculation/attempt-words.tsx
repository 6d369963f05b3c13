import type { AttemptRecord } from '../../../../ports/attempt.ts'
import type { Correction } from '../../../../recovery/correction.ts'
import { act, canDo } from '../../act.ts'

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
  const accept = (): Promise<void> =>
    act(
      'accept-correction',
      { ids: [id] },
      { title: 'Accept for every member?', words: `${correctionWords(correction)} Members of ${screen} that are finished run again, so that all energies stay comparable.`, yes: 'Accept for the series', isGrave: true },
    )
  return (
    <div class="buttons">
      <button class="main" onClick={() => void accept()}>
        Accept the correction …
      </button>
    </div>
  )
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
