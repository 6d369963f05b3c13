import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inflateSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { attemptsTable } from '../../../src/app/report/attempts-table.ts'
import { methodsText } from '../../../src/app/report/methods-text.ts'
import { reportHtml } from '../../../src/app/report/report-html.ts'
import { viewerScenes } from '../../../src/app/report/viewer-scenes.ts'
import { bondTable } from '../../../src/workflow/tables/bond-table.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { browserPath, launchBrowser, noBrowserReason } from '../../web/browser.ts'
import { candidate, stepMethod } from './fixtures.ts'

const skipped = browserPath === undefined ? ` (skipped: ${noBrowserReason})` : ''
const templates = handlebarsTemplates({ folders: [join(import.meta.dirname, '../../../templates')] })

let browser: Browser
let address: string
beforeAll(async () => {
  if (browserPath === undefined) return
  browser = await launchBrowser()
  const bonds = bondTable([{ ...candidate, method: 'rehearsal' }])
  const html = await reportHtml(
    {
      screenName: 's',
      title: 'Boron',
      facts: [],
      isRehearsal: true,
      // Enough for several pages.
      caveats: Array.from({ length: 150 }, (_, n) => `Caveat ${n + 1}.`),
      figures: [],
      scenes: viewerScenes([candidate]),
      tables: [bonds],
      methods: methodsText([stepMethod], { slab: undefined }),
      corrections: [],
      attempts: attemptsTable([]),
      provenance: { ...bonds, name: 'provenance' },
    },
    templates,
  )
  const path = join(temporaryFolder(), 'report.html')
  writeFileSync(path, html)
  address = pathToFileURL(path).href
}, 60_000)
afterAll(() => browser?.close())

/** `#8a3b00`, the colour of the words that say rehearsal, as a PDF writes it. */
const warningColour = /\.5412 \.2314 0 rg/

/** The drawing of every page, in order. */
function pagesOf(pdf: Buffer): readonly string[] {
  const text = pdf.toString('latin1')
  const objects = new Map([...text.matchAll(/(\d+) 0 obj(.*?)endobj/gs)].map(([, number = '', body = '']) => [number, body]))
  const pages = [...objects.values()].filter((body) => /\/Type\s*\/Page\b/.test(body))
  return pages.map((body) => {
    const content = objects.get(/\/Contents (\d+)/.exec(body)![1]!)!
    return inflateSync(Buffer.from(/stream\r?\n(.*?)\r?\nendstream/s.exec(content)![1]!, 'latin1')).toString('latin1')
  })
}

describe.runIf(browserPath !== undefined)('a rehearsal’s report in a browser', () => {
  it(`draws its structure without a complaint or a request, in light and in dark${skipped}`, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme })
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => complaints.push(...(request.url() === address ? [] : [request.url()])))
      await page.goto(address)
      const isDrawn = await page.evaluate("document.getElementById('viewer').getContext('2d').getImageData(0, 0, 2000, 800).data.some((value) => value !== 0)")

      expect(complaints).toEqual([])
      expect(isDrawn).toBe(true)
      await page.close()
    }
  })

  it(`says so on every printed page${skipped}`, async () => {
    const page = await browser.newPage()
    await page.goto(address)
    const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }))

    expect(pages.length).toBeGreaterThan(2)
    expect(pages.map((drawing) => warningColour.test(drawing))).toEqual(pages.map(() => true))
  })
})
