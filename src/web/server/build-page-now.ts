import { buildPage } from './build-page.ts'

/** Part of `npm run build`: an installed package brings the page of the dashboard along. */
await buildPage()
