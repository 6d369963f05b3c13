import type { SiteConnection } from '../../ports/site-connection.ts'
import { expandNodeList } from '../../recovery/node-list.ts'

/** What an ended attempt left besides its text files. */
export interface Leftovers {
  /** Undefined when there is none. */
  readonly isContcarNewer: boolean | undefined
  readonly wavecarBytes: number | undefined
  /** The nodes that it ran on, as their batch system calls them; the first one alone where it did not tell the others. */
  readonly hosts: readonly string[]
}

// Ages are compared by the site's own clock.
const script = `
cd "$1" || exit 71
if [ -f CONTCAR ]; then if [ CONTCAR -nt dopant-start ]; then echo contcar=newer; else echo contcar=older; fi; fi
[ -f WAVECAR ] && echo "wavecar=$(wc -c <WAVECAR)"
[ -f dopant-start ] && grep -E '^(node|nodes|host)=' dopant-start
exit 0
`

export async function lookAtLeftovers({ transport }: SiteConnection, folder: string): Promise<Leftovers> {
  const { stdout } = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-left', folder] })
  const said = (name: string): string | undefined => new RegExp(`^${name}= *(\\S+)$`, 'm').exec(stdout)?.[1]
  const first = said('node') ?? said('host')
  const age = said('contcar')
  const bytes = said('wavecar')
  return {
    isContcarNewer: age === undefined ? undefined : age === 'newer',
    wavecarBytes: bytes === undefined ? undefined : Number(bytes),
    hosts: expandNodeList(/^nodes=(.+)$/m.exec(stdout)?.[1] ?? '') ?? (first === undefined ? [] : [first]),
  }
}
