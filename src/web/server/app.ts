import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { compress } from 'hono/compress'
import type { DashboardParts } from './dashboard-parts.ts'
import { addDoor, closedPage } from './door.ts'
import { onlyLoopbackNames, onlyOwnPosts, onlyWithCookie, safeHeaders } from './guards.ts'
import type { LiveModel } from './live-model.ts'
import type { PageFiles } from './page-files.ts'
import type { Questions } from './questions.ts'
import { actionNames, addActions } from './routes/actions.ts'
import { answerError } from './routes/answer-errors.ts'
import { addCalculation } from './routes/calculation.ts'
import { addFiles } from './routes/files.ts'
import { addNews } from './routes/news.ts'
import { addResults } from './routes/results.ts'
import { addScreens } from './routes/screens.ts'
import { addSites } from './routes/sites.ts'
import { screenTables } from './screen-tables.ts'
import { isSecret, type Session } from './session.ts'

export interface AppParts {
  readonly parts: DashboardParts
  readonly model: LiveModel
  readonly questions: Questions
  readonly session: Session
  readonly files: PageFiles
}

/** Every address of the dashboard. The guards stand before all of them. */
export function dashboardApp({ parts, model, questions, session, files }: AppParts): Hono {
  const app = new Hono()
  app.use(safeHeaders)
  app.use(onlyLoopbackNames)
  addDoor(app, session)
  app.use('/api/*', onlyWithCookie(session))
  app.use('/api/*', onlyOwnPosts(session))
  app.use('/api/*', compress())
  addScreens(app, parts, model, session, actionNames)
  addActions(app, parts, model, questions)
  const tablesOf = screenTables(parts, model)
  addCalculation(app, parts, model, tablesOf)
  addFiles(app, parts)
  addResults(app, parts, tablesOf)
  addSites(app, parts, model)
  addNews(app, model, questions)
  app.get('/api/*', (context) => context.json({ code: 'WEB_NO_ADDRESS', message: 'There is nothing at this address.', remedy: 'Reload the page.' }, 404))
  app.get('*', (context) => {
    const isKnown = isSecret(getCookie(context, session.cookieName), session.cookieValue)
    // The parts of the page tell nothing about the project, yet nobody without the link needs them.
    return isKnown ? files.answer(context) : context.html(closedPage, 401)
  })
  app.onError((error, context) => answerError(error, context, parts.say))
  return app
}
