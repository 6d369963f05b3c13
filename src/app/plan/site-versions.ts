import type { Site } from '../../ports/site.ts'
import type { Plan } from '../../workflow/plan.ts'

/**
 * A sentence when the sites among which a screen may choose would not give numbers that can be compared: another version of VASP has
 * other defaults and other bugs, and a rehearsal is no VASP at all. Undefined when all are alike; sites without an entry say nothing.
 */
export function unlikeSites({ sites = [] }: Pick<Plan, 'sites'>, known: ReadonlyMap<string, Site>): string | undefined {
  const versions = sites.flatMap((name) => {
    const site = known.get(name)
    return site === undefined ? [] : [{ name, version: site.method === 'rehearsal' ? 'rehearsal' : site.vasp.version }]
  })
  if (new Set(versions.map(({ version }) => version)).size < 2) return undefined
  const words = versions.map(({ name, version }) => `${name} (${version === 'rehearsal' ? 'rehearsal' : `VASP ${version}`})`)
  return `The sites of this screen run different programs: ${words.join(', ')}. Energies of one series should come from one version: name sites of the same version in \`sites:\`.`
}
