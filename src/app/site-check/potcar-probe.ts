import type { SiteConnection } from '../../ports/site-connection.ts'
import { potcarSpec } from '../../vasp/input/potcar-spec.ts'
import { lastWords, ok, skipped, wrong, type Probe } from './probe.ts'
import { testStructure } from './test-calculation.ts'

/** Prints for each dataset its title line, and nothing else of the file: the content is licensed. */
const script = `
library=$1; shift
[ -d "$library" ] && [ -r "$library" ] || { echo "no folder that can be read" >&2; exit 3; }
for symbol; do
  title=
  for file in "$library/$symbol/POTCAR" "$library/POTCAR.$symbol"; do
    [ -n "$title" ] && break
    if [ -f "$file" ]; then title=$(head -n 40 "$file" | sed -n 's/^ *TITEL *= *//p' | head -n 1); fi
    for ending in .gz .Z; do
      if [ -z "$title" ] && [ -f "$file$ending" ]; then
        title=$(gzip -dc "$file$ending" | head -n 40 | sed -n 's/^ *TITEL *= *//p' | head -n 1)
      fi
    done
  done
  printf '%s\\t%s\\n' "$symbol" "$title"
done
`

export const potcarProbe: Probe = {
  name: 'POTCAR library',
  needs: ['connection'],
  run: async ({ connection }) => {
    const { site } = connection
    if (site.method === 'rehearsal') return skipped('the rehearsal reads none')
    const remedy = `Set potcarLibrary of ${site.name} to the folder with ${symbols.map((symbol) => `${symbol}/POTCAR`).join(', ')} (PBE, plain or .gz).`
    if (site.potcarLibrary === undefined) return wrong('potcarLibrary is not set', remedy)
    const output = await titles(connection, site.potcarLibrary)
    if (output.exitCode !== 0) return wrong(`${site.potcarLibrary}: ${lastWords(output.stderr)}`, remedy)
    const found = output.stdout.trimEnd().split('\n').map((line) => line.split('\t'))
    const bad = found.filter(([symbol = '', title = '']) => !`${title} `.startsWith(`PAW_PBE ${symbol} `))
    if (bad.length === 0) return ok(found.map(([, title]) => title).join(', '))
    const words = bad.map(([symbol, title = '']) => (title === '' ? `no dataset ${symbol}` : `${symbol} is "${title}"`))
    return wrong(`${site.potcarLibrary}: ${words.join(', ')}`, remedy)
  },
}

const symbols = potcarSpec(testStructure).map(({ symbol }) => symbol)

function titles({ transport }: SiteConnection, library: string) {
  return transport.run({ program: 'sh', args: ['-c', script, 'dopant-potcar', library, ...symbols] })
}
