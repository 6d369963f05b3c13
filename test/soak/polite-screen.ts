/**
 * A screen of a thousand calculations through a Slurm in fast time over real SSH on loopback: how many connections, status
 * calls and other commands each hour costs the login node. Prints a ledger; exits with 1 when it is more than one
 * connection, more than 120 status calls an hour, or when a calculation is not done.
 *
 *     npx tsx test/soak/polite-screen.ts [calculations] [at once]        1000 and 100 by default
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProjectStorage } from '../../src/adapters/stores/open-storage.ts'
import { politeBed } from '../app/engine/polite-site.ts'

const calculations = Number(process.argv[2] ?? 1000)
const atOnce = Number(process.argv[3] ?? 100)
const folder = mkdtempSync(join(tmpdir(), 'dopant-polite-'))
const storage = await openProjectStorage({ folder: join(folder, '.dopant'), env: {} })
const options = { name: 'cluster', calculations, atOnce, jobHours: [0.2, 1] as const, site: { maxJobs: 120 }, isOverSsh: true }
const bed = await politeBed({ ...options, folder, storage })
const started = Date.now()
let [connections, mostStatusCalls] = [0, 0]
try {
  console.log(`${calculations} calculations, 120 in the queue, ${atOnce} at once, 0.2 to 1 h each`)
  console.log('hour   done  connections  status  accounting  other  files sent  MB sent')
  for (let hour = 0; hour < 100 && (await bed.countOf('done')) < calculations; hour += 1) {
    await bed.pass(1)
    const done = await bed.countOf('done')
    for (const each of bed.ledger.take()) {
      connections += each.connections
      mostStatusCalls = Math.max(mostStatusCalls, each.statusCalls)
      const { statusCalls, accountingCalls, otherCommands, filesSent, bytesSent } = each
      const numbers = [each.connections, statusCalls, accountingCalls, otherCommands, filesSent, (bytesSent / 1e6).toFixed(1)]
      console.log([each.hour.slice(11, 16), done, ...numbers].join('  '))
    }
  }
  const done = await bed.countOf('done')
  console.log(`${done} done, ${bed.batch.submitted()} jobs, ${connections} connections, at most ${mostStatusCalls} status calls an hour`)
  console.log(`${((Date.now() - started) / 1000).toFixed(0)} s of this machine`)
  if (bed.lines.length > 0) console.log(bed.lines.join('\n'))
  process.exitCode = done === calculations && bed.batch.submitted() === calculations && connections === 1 && mostStatusCalls <= 120 ? 0 : 1
} finally {
  await bed.close()
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
}
