import { shellQuote, shellWords } from '../../base/shell-quote.ts'
import type { Site, SiteProgram } from '../../ports/site.ts'
import { lastWords, ok, skipped, wrong, type Finding, type Probe, type SiteCheck } from './probe.ts'

export const vaspProbe: Probe = {
  name: 'VASP',
  needs: ['connection'],
  run: async (check) => {
    const { site } = check.connection
    const remedy = `Set vasp.program of ${site.name} to the full path of the program, or load its module in prologue.`
    return findAll(check, [...vaspWords(site.vasp), ...otherPrograms(site.vasp)], remedy)
  },
}

export const baderProbe: Probe = {
  name: 'bader',
  needs: ['connection'],
  run: async (check) => {
    const { site } = check.connection
    if (site.bader === undefined) return skipped('no bader program is set: charges will be missing from the tables')
    const remedy = `Set bader.program of ${site.name} to the full path of the program, or leave bader out.`
    return findAll(check, [site.bader.program], remedy)
  },
}

/** `vasp_gam` and `vasp_ncl`, where they are named and not inside a container. */
function otherPrograms({ program, args, gammaProgram, noncollinearProgram }: Site['vasp']): readonly string[] {
  if ([program, ...args].some((word) => containers.test(baseName(word)))) return []
  return [gammaProgram, noncollinearProgram].filter((word) => word !== undefined)
}

const containers = /^(singularity|apptainer|shifter|podman|podman-hpc|docker|charliecloud|ch-run|srun-container)$/

/** The launcher and, among its words, the program that it launches; what lies in a container cannot be seen from here. */
export function vaspWords({ program, args }: SiteProgram): readonly string[] {
  if ([program, ...args].some((word) => containers.test(baseName(word)))) return [program]
  const launched = args.filter((word) => !/^-|=/.test(word) && /vasp|rehearsal/i.test(baseName(word)))
  return [program, ...launched.slice(0, 1)]
}

async function findAll({ connection }: SiteCheck, words: readonly string[], remedy: string): Promise<Finding> {
  const { site, transport } = connection
  const output = await transport.run({ program: 'sh', args: ['-c', findScript(site, words), 'dopant-find'] })
  const found = new Map(
    [...output.stdout.matchAll(/^dopant-found (\d+) (.*)$/gm)].map(([, i, path = '']) => [Number(i), path] as const),
  )
  const missing = words.filter((_, i) => found.get(i) === undefined)
  if (missing.length === 0) return ok([...found.values()].join(', '))
  const said = lastWords(output.stderr, 1)
  const because = said === '' ? '' : `; the prologue said: ${said}`
  return wrong(`${missing.join(' and ')} not found${because}`, remedy)
}

/** As in the job: the prologue, then the environment, then the programs. */
function findScript(site: Site, words: readonly string[]): string {
  const exports = Object.entries(site.environment).map(([name, value]) => `export ${name}=${shellQuote(value)}`)
  const questions = words.map((word, i) => {
    // A script that is handed to an interpreter need not be executable.
    const isFile = i > 0 && word.includes('/')
    const look = isFile ? `ls -d ${shellWords([word])} 2>/dev/null` : `command -v ${shellWords([word])} 2>/dev/null`
    return `dopant_path=$(${look}) && printf '\\ndopant-found ${i} %s\\n' "$dopant_path"`
  })
  return [...site.prologue, ...exports, ...questions, ':'].join('\n')
}

function baseName(word: string): string {
  return word.split('/').at(-1) ?? word
}
