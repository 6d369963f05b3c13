import { ok, wrong, type Probe } from './probe.ts'

/** More than a slow connection explains; ages of files are read with the site's own clock, logs are read by people. */
const largestSkewSeconds = 120

export const clockProbe: Probe = {
  name: 'clock',
  needs: ['connection'],
  run: async ({ connection, clock }) => {
    const beforeMs = clock.now().getTime()
    const output = await connection.transport.run({ program: 'date', args: ['-u', '+%s'] })
    const hereSeconds = (beforeMs + clock.now().getTime()) / 2000
    const thereSeconds = Number(output.stdout.trim() || 'nothing')
    if (!Number.isFinite(thereSeconds)) return wrong('`date -u +%s` gives no number', 'Log in by hand and see what `date` is there.')
    return judgeSkew(Math.round(thereSeconds - hereSeconds))
  },
}

function judgeSkew(skewSeconds: number) {
  if (Math.abs(skewSeconds) <= largestSkewSeconds) return ok(`within ${Math.max(1, Math.abs(skewSeconds))} s of here`)
  const size = `${Math.abs(skewSeconds)} s ${skewSeconds > 0 ? 'ahead of' : 'behind'} here`
  return wrong(size, 'Set the clock that is wrong (NTP); until then times in logs and in `dopant show` cannot be compared.')
}
