import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { whyNoSlurm, startSlurm } from '../integration/slurm/slurm-bed.ts'
import { smallScreen } from '../integration/small-screen-text.ts'
import { browserPath, launchBrowser, noBrowserReason, openPage } from '../web/browser.ts'

/**
 * Follows a screen through a real Slurm in a real browser, from its first submission to its tables, without loading
 * the page again; pictures of the way go into a temporary folder, and a ledger is printed.
 *
 *     npx tsx test/soak/dashboard-slurm.ts
 */
const reason = (await whyNoSlurm()) ?? (browserPath === undefined ? noBrowserReason : undefined)
if (reason !== undefined) console.log(`skipped: ${reason}`)
else await follow()

async function follow(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-dashboard-'))
  const slurm = await startSlurm()
  const browser = await launchBrowser()
  const served = serve(folder, slurm.environment)
  try {
    const link = await served.link
    const { page, complaints } = await openPage(browser, link, { viewport: { width: 1280, height: 860 } })
    await page.evaluate('window.isTheSamePage = true')
    const startMs = Date.now()
    const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) })

    await page.waitForSelector('a.cell[aria-label*="Running"]')
    await picture('1-running')
    await page.click('nav >> text=Queue')
    await page.waitForSelector('text=/answered/')
    await picture('2-queue')
    await page.click('nav >> text=Results')
    const ends: string[] = []
    for (let done = 0; done < 10; ) {
      await page.waitForFunction((before) => Number(/(\d+) of 10/.exec((globalThis as unknown as Page).document.body.innerText)?.[1] ?? 0) > before, done, { timeout: 300_000 })
      done = Number(/(\d+) of 10/.exec(await page.innerText('main'))?.[1])
      ends.push(`${done} done after ${((Date.now() - startMs) / 1000).toFixed(0)} s`)
    }
    await page.waitForSelector('table.result tbody tr >> nth=4')
    await page.waitForTimeout(4000)
    await picture('3-results')
    const rows = await page.locator('table.result tbody tr').allInnerTexts()
    await page.click('nav >> text=Screens')
    await picture('4-done')

    const isSame = await page.evaluate('window.isTheSamePage === true')
    console.log(ends.join('\n'))
    console.log(`${rows.length} rows in the table of bonds; ${isSame ? 'the page was never loaded again' : 'THE PAGE WAS LOADED AGAIN'}; ${complaints.length} complaints of the browser`)
    console.log(`pictures: ${folder}`)
    if (!isSame || rows.length !== 5 || complaints.length > 0) process.exitCode = 1
  } finally {
    served.stop()
    await browser.close()
    await slurm.stop()
  }
}

interface Page {
  readonly document: { readonly body: { readonly innerText: string } }
}

function serve(folder: string, environment: Readonly<Record<string, string>>) {
  const [project, configuration] = [join(folder, 'project'), join(folder, 'configuration')]
  mkdirSync(project)
  mkdirSync(join(configuration, 'dopant'), { recursive: true })
  writeFileSync(join(project, 'dopant.yaml'), '')
  writeFileSync(join(project, 'screen.yaml'), smallScreen)
  const program = process.execPath
  const site = {
    ...{ transport: { kind: 'local' }, scheduler: 'slurm', workFolder: join(folder, 'work'), maxJobs: 4, pollSeconds: 2, graceSeconds: 5 },
    vasp: { program, args: [resolve('bin/dopant-rehearsal.js')], version: 'rehearsal' },
    bader: { program, args: [resolve('bin/dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.1' },
    resources: { ranksPerNode: 1, walltime: '00:05:00' },
  }
  writeFileSync(join(configuration, 'dopant', 'sites.yaml'), stringify({ cluster: site }))
  const words = [resolve('bin/dopant.js'), 'serve', join(project, 'screen.yaml'), '--site', 'cluster', '--port', '0']
  const child = spawn(program, words, { env: { ...process.env, ...environment, XDG_CONFIG_HOME: configuration }, stdio: ['ignore', 'pipe', 'inherit'] })
  const link = new Promise<string>((done, fail) => {
    child.stdout.on('data', (text: Buffer) => done(text.toString().trim()))
    child.once('exit', (code) => fail(new Error(`dopant serve ended with ${code}`)))
  })
  return { link, stop: () => void child.kill('SIGINT') }
}
