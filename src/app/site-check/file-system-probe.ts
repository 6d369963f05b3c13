import { ok, skipped, wrong, type Probe } from './probe.ts'

/** `df -PT` is GNU's and BusyBox's, `stat -f` GNU's: the first that answers. */
const script = `
df -PT "$1" 2>/dev/null | awk 'END { if (NF > 5) print $2 }' | grep . ||
stat -f -c %T "$1" 2>/dev/null | grep . ||
echo unknown`

/** In memory: gone with the next boot, and not seen by any other node. */
const inMemory = /^(tmpfs|ramfs|devtmpfs)$/

/** What the work folder lies on; every answer but memory will do, and people want to know it. */
export const fileSystemProbe: Probe = {
  name: 'file system',
  needs: ['work folder'],
  run: async ({ connection: { site, scheduler, transport } }) => {
    const { stdout } = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-file-system', site.workFolder] })
    const kind = stdout.trim().split('\n')[0] ?? 'unknown'
    if (kind === 'unknown') return skipped(`nothing tells what ${site.workFolder} lies on`)
    if (inMemory.test(kind) && scheduler.name !== 'direct') {
      return wrong(`${site.workFolder} lies in memory (${kind})`, `Set workFolder of ${site.name} to a file system that the compute nodes share.`)
    }
    const isPurged = site.scratchPurgeDays === undefined ? '' : `, removed after ${site.scratchPurgeDays} days`
    return ok(`${kind}${isPurged}`)
  },
}
