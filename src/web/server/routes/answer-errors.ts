import type { Context } from 'hono'
import { isKnownError } from '../../../base/known-error.ts'
import type { ErrorAnswer } from '../../api-types.ts'

const notFound: readonly string[] = ['SCREEN_UNKNOWN', 'CALCULATION_UNKNOWN', 'SITE_UNKNOWN', 'REMOTE_FILE_MISSING', 'TABLE_UNKNOWN']

/** Foreseen errors with their remedy; a bug is told in general words to the page and in full to the terminal. */
export function answerError(error: Error, context: Context, say: (line: string) => void): Response {
  if (isKnownError(error)) {
    const { code, message, remedy, exitCode } = error
    const status = notFound.includes(code) ? 404 : exitCode === 3 ? 503 : 400
    return context.json({ code, message, remedy } satisfies ErrorAnswer, status)
  }
  if (error.name === 'ZodError' || error instanceof SyntaxError) {
    const answer = { code: 'WEB_BAD_REQUEST', message: 'The request is not understood.', remedy: 'Reload the page.' }
    return context.json(answer satisfies ErrorAnswer, 400)
  }
  say(`dashboard: ${error.stack ?? error.message}`)
  const answer = { code: 'WEB_INTERNAL', message: 'The dashboard met a fault of its own.', remedy: 'Look at the terminal of `dopant serve` and report what it says.' }
  return context.json(answer satisfies ErrorAnswer, 500)
}
