import type { InputChange, InputsAnswer } from '../../../calculation-api.ts'
import { useAnswer } from '../../use-answer.ts'
import { Trouble } from '../opening.tsx'

/** The INCAR of an attempt, and what differs from the attempt before. */
export function InputDiff({ id, attempt }: { id: string; attempt: number }) {
  const { value, error } = useAnswer<InputsAnswer>('/api/inputs', { id, attempt: String(attempt) })
  if (error !== undefined) return <Trouble error={error} />
  if (value === undefined) return <p class="quiet">Reading …</p>
  return (
    <>
      {value.comparedWith !== null && value.changes.length === 0 && <p class="quiet">The same inputs as attempt {value.comparedWith}.</p>}
      {value.changes.length > 0 && <Changes changes={value.changes} before={value.comparedWith ?? 0} />}
      <pre class="text" tabIndex={0} aria-label={`INCAR of attempt ${attempt}`}>
        {value.incar.trimEnd()}
      </pre>
    </>
  )
}

function Changes({ changes, before }: { changes: readonly InputChange[]; before: number }) {
  return (
    <table class="diff">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">What</th>
          <th scope="col">Attempt {before}</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change, n) => (
          <tr key={n}>
            <td>{change.file}</td>
            <td>{change.what}</td>
            <td>{change.before === null ? <span class="quiet">not there</span> : <del>{change.before}</del>}</td>
            <td>{change.after === null ? <span class="quiet">gone</span> : <ins>{change.after}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
