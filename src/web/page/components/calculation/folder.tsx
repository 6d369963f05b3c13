import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FolderAnswer, LogAnswer } from '../../../calculation-api.ts'
import type { CalculationRow } from '../../../calculation-row.ts'
import { useAnswer } from '../../use-answer.ts'
import { useRounds } from '../../use-rounds.ts'
import { Trouble } from '../opening.tsx'

/** The last lines of the run, and its files. */
export function FolderCard({ id, row }: { id: string; row: CalculationRow }) {
  const round = useRounds(row.state === 'running' ? 15_000 : undefined)
  const again = `${row.revision} ${round}`
  const query = { id, attempt: String(row.attempt) }
  const { value: log, error } = useAnswer<LogAnswer>('/api/log', query, again)
  const { value: folder } = useAnswer<FolderAnswer>('/api/folder', query, row.revision)
  return (
    <section class="card padded" aria-label="Output and files">
      <h2>Output</h2>
      {error !== undefined && <Trouble error={error} />}
      {log !== undefined && <Log log={log} />}
      {folder !== undefined && folder.files.length > 0 && (
        <details>
          <summary>
            {folder.files.length} files <span class="quiet">{folder.folder}</span>
          </summary>
          <ul class="files">
            {folder.files.map(({ name, bytes, mayLeave }) => (
              <li key={name}>
                {mayLeave ? (
                  <a href={`/api/file?${new URLSearchParams({ ...query, name }).toString()}`} download={name}>
                    {name}
                  </a>
                ) : (
                  <span title="Licensed: it stays on the site">{name} (stays on the site)</span>
                )}
                <span class="quiet">{sizeWords(bytes)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** The newest line is in sight. */
function Log({ log: { file, lines } }: { log: LogAnswer }) {
  const box = useRef<HTMLPreElement>(null)
  const text = lines.join('\n').trimEnd()
  useLayoutEffect(() => box.current?.scrollTo({ top: box.current.scrollHeight }), [text])
  return (
    <pre class="text is-log" ref={box} tabIndex={0} aria-label={`Last lines of ${file}`}>
      {text || 'Nothing was printed yet.'}
    </pre>
  )
}

function sizeWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
