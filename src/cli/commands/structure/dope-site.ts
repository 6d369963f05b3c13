import { ElementMissingError } from '../../../app/structure/distinct-choices.ts'
import { bulkSites, type DopeTarget } from '../../../app/structure/dope-target.ts'
import { NoSubstitutionSiteError, SiteNotFoundError } from '../../../structure/dopant/dopant-errors.ts'
import { siteIndex } from '../../../structure/dopant/substitute.ts'
import { selectSubstitutionSite } from '../../../structure/dopant/substitution-sites.ts'
import type { CommandOption, CommandOptions } from '../../command.ts'
import { numberOption, oneOf, OptionValueError, textOption } from '../../option-values.ts'
import { OptionMissingError } from './option-missing.ts'

export const siteOptions: readonly CommandOption[] = [
  { flags: '--replace <element>', description: 'element that the dopant takes the place of' },
  { flags: '--label <label>', description: 'the site itself, for instance Mn-3' },
  { flags: '--atom <number>', description: 'the site by its number in the file, from 1 (no --miller)' },
  { flags: '--depth <place>', description: 'surface, subsurface or centre of a slab; default surface' },
  { flags: '--face <face>', description: 'top or bottom of a slab whose faces differ; default top' },
  { flags: '--wyckoff <position>', description: 'only such sites, for instance 4g' },
  { flags: '--layer <name>', description: 'only sites of this cation layer, for instance Li-layer' },
]

/** Index of the site that the options mean. @throws SiteNotFoundError, NoSubstitutionSiteError, OptionValueError */
export function chosenSite(target: DopeTarget, options: CommandOptions): number {
  const { structure, slab } = target
  const label = textOption(options['label'])
  if (label !== undefined) return siteIndex(structure, label)
  if (options['atom'] !== undefined) return atomNumbered(target, options)
  const element = textOption(options['replace'])
  if (element === undefined)
    throw new OptionMissingError('--replace', 'Name an element or a --label; --sites lists them.')
  if (!structure.sites.some((site) => site.element === element)) throw new ElementMissingError(element, structure)
  if (slab === undefined) return bulkSite(target, element, textOption(options['wyckoff']))
  const [layer, wyckoff] = [textOption(options['layer']), textOption(options['wyckoff'])]
  const found = selectSubstitutionSite(slab, {
    element,
    depth: oneOf('--depth', options['depth'] ?? 'surface', ['surface', 'subsurface', 'centre']),
    face: oneOf('--face', options['face'] ?? 'top', ['top', 'bottom']),
    ...(layer !== undefined && { layer }),
    ...(wyckoff !== undefined && { wyckoff }),
  })
  return siteIndex(structure, found.label)
}

// A slab that is cut here has another order than the file: a number would mean something else.
function atomNumbered({ structure }: DopeTarget, options: CommandOptions): number {
  const number = numberOption('--atom', options['atom'])
  if (options['miller'] !== undefined)
    throw new OptionValueError('--atom', options['atom'], 'Use --label for a slab that is cut here; --sites lists them.')
  if (structure.sites[number - 1] === undefined) throw new SiteNotFoundError(number, structure)
  return number - 1
}

function bulkSite({ structure }: DopeTarget, element: string, wyckoff: string | undefined): number {
  const sites = bulkSites(structure).filter((site) => site.element === element)
  const matching = sites.filter((site) => wyckoff === undefined || site.wyckoff === wyckoff)
  const [only, second] = matching
  if (only === undefined || second !== undefined) {
    const asked = wyckoff === undefined ? `${element}: there are ${sites.length} distinct ones` : `${element} ${wyckoff}`
    throw new NoSubstitutionSiteError(asked, sites.map((site) => `--label ${site.label} (${site.wyckoff})`))
  }
  return only.indices[0] ?? 0
}
