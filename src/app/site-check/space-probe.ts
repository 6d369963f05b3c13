import { ok, skipped, wrong, type Probe } from './probe.ts'

/** A relaxation of a 144-atom slab leaves about 3 GB of orbitals, its static run 0.8 GB of grids. */
const leastKib = { dft: 5 * 1024 ** 2, rehearsal: 200 * 1024 }

export const spaceProbe: Probe = {
  name: 'free space',
  needs: ['work folder'],
  run: async ({ connection: { site, transport } }) => {
    const output = await transport.run({ program: 'df', args: ['-Pk', site.workFolder] })
    const space = readSpace(output.stdout)
    if (space === undefined) return skipped(`df tells nothing about ${site.workFolder}`)
    const found = `${gibibytes(space.freeKib)} free on ${space.mount}, ${space.usedPercent} % used`
    if (space.freeKib >= leastKib[site.method]) return ok(found)
    return wrong(found, `Make room, or set workFolder of ${site.name} to another file system: one slab of 144 atoms takes about 4 GB.`)
  },
}

interface Space {
  readonly freeKib: number
  readonly usedPercent: number
  readonly mount: string
}

/** The last line of `df -Pk`: blocks, used, available, capacity, mount point, after a name that may hold blanks. */
export function readSpace(stdout: string): Space | undefined {
  const last = stdout.trim().split('\n').at(-1) ?? ''
  const match = /\s\d+\s+\d+\s+(-?\d+)\s+(\d+)%\s+(\/.*)$/.exec(last)
  if (match === null) return undefined
  return { freeKib: Number(match[1]), usedPercent: Number(match[2]), mount: match[3] ?? '' }
}

function gibibytes(kib: number): string {
  return `${(kib / 1024 ** 2).toFixed(1)} GiB`
}
