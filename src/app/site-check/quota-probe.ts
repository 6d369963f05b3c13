import { ok, skipped, wrong, type Probe } from './probe.ts'

/**
 * What is used and allowed, in KiB: Lustre's `lfs quota`, else the system's `quota`. Asked with the folder as an argument;
 * neither is there on every site.
 */
const script = `
cd "$1" || exit 1
user=$(id -un)
if command -v lfs >/dev/null 2>&1; then
  lfs quota -q -u "$user" . 2>/dev/null | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+[*]?$/) { print "quota " $i + 0, $(i + 1) + 0, $(i + 2) + 0; exit } }'
elif command -v quota >/dev/null 2>&1; then
  quota -w -u "$user" 2>/dev/null | awk 'NR > 2 && $2 ~ /^[0-9]+[*]?$/ { print "quota " $2 + 0, $3 + 0, $4 + 0 }' | tail -n 1
fi`

export interface Quota {
  readonly usedKib: number
  /** The soft limit where there is one, else the hard one. */
  readonly limitKib: number
}

/** 90 %: the rest goes with a few slabs. */
const nearlyFull = 0.9

export const quotaProbe: Probe = {
  name: 'quota',
  needs: ['work folder'],
  run: async ({ connection: { site, transport } }) => {
    const output = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-quota', site.workFolder] })
    const stated = site.quotaGib === undefined ? '' : `; the site says quotaGib: ${site.quotaGib}`
    const quota = readQuota(output.stdout)
    if (quota === undefined) {
      return site.quotaGib === undefined ? skipped('no quota can be asked for; set quotaGib so that plans are compared with it') : ok(`quotaGib: ${site.quotaGib}`)
    }
    const found = `${gibibytes(quota.usedKib)} of ${gibibytes(quota.limitKib)} GiB used${stated}`
    if (quota.usedKib < nearlyFull * quota.limitKib) return ok(found)
    return wrong(found, 'Make room (`dopant clean`), or ask the site for a larger quota.')
  },
}

/** Undefined where nothing was said or nothing is limited. */
export function readQuota(stdout: string): Quota | undefined {
  const [, used, soft, hard] = /^quota (\d+) (\d+) (\d+)$/m.exec(stdout) ?? []
  const limitKib = Number(soft) > 0 ? Number(soft) : Number(hard)
  return used === undefined || !(limitKib > 0) ? undefined : { usedKib: Number(used), limitKib }
}

function gibibytes(kib: number): string {
  return (kib / 1024 ** 2).toFixed(1)
}
