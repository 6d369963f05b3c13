import { listTerminations, makeSlab, type MadeSlab, type SlabRequest } from '../../../app/structure/make-slab.ts'
import { surfaceCellSize } from '../../../structure/slab/surface-cell.ts'
import type { Termination } from '../../../structure/slab/terminations.ts'
import { formula, type Structure } from '../../../structure/structure.ts'
import { cellParameters } from '../../../structure/lattice.ts'
import { chemicalFormula } from '../../../app/structure/chemical-formula.ts'
import { alignedText } from '../../aligned-text.ts'
import type { CommandDefinition, CommandIo, CommandOptions } from '../../command.ts'
import { siteTable, slabSites } from './slab-sites.ts'
import { slabOptions, slabRequest, spareWords } from './slab-options.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { deliver, outputOptions } from './structure-output.ts'

export const slabCommand: CommandDefinition = {
  name: 'slab',
  summary: 'cut a surface, or list its terminations',
  arguments: [fileArgument],
  options: [
    ...slabOptions,
    { flags: '--terminations', description: 'list all distinct terminations instead of cutting one' },
    { flags: '--off-stoichiometric', description: 'also list symmetric slabs of another composition (T2s)' },
    { flags: '--sites', description: 'list the symmetry-distinct sites of the slab' },
    ...inputOptions,
    ...outputOptions,
  ],
  examples: [
    'dopant structure slab host.cif --miller 0 1 0 --terminations',
    'dopant structure slab host.cif --miller 0 1 0 --repeats 3 --min-image 9 --out POSCAR',
  ],
  run: async (args, options, io) => {
    const { structure } = await structureInput(args, options, io, { spare: spareWords(options) })
    const request = slabRequest(options)
    if (options['terminations'] === true) return printTerminations(structure, request, options, io)
    const made = makeSlab(structure, request)
    const sites = options['sites'] === true
    await deliver(
      {
        structure: made.slab.structure,
        summary: slabSummary(made) + (sites ? `\n${siteTable(made.slab)}` : ''),
        facts: slabFacts(made),
        summaryOnly: sites,
      },
      options,
      io,
    )
    return 0
  },
}

function printTerminations(host: Structure, request: SlabRequest, options: CommandOptions, io: CommandIo): 0 {
  const { terminations, chargeReason } = listTerminations(host, request)
  if (options['json'] === true) {
    io.stdout.write(`${JSON.stringify({ millerIndex: request.millerIndex, chargeReason, terminations })}\n`)
    return 0
  }
  const header = ['name', 'bottom', 'top', 'Tasker', 'dipole/eÅ', 'faces', 'stoichiometric', 'gap/Å', 'bonds cut', 'planes of a repeat']
  io.stdout.write(`(${request.millerIndex.join(' ')}), charges: ${chargeReason}\n\n`)
  io.stdout.write(alignedText(header, terminations.map(terminationRow)))
  return 0
}

function terminationRow(termination: Termination): readonly string[] {
  const { planes, dipolePerRepeatEAngstrom: dipole } = termination
  const charge = (value: number | undefined): string => (value === undefined ? '' : `(${value > 0 ? '+' : ''}${value})`)
  return [
    termination.name,
    planes[0]?.formula ?? '',
    (termination.excess === 0 ? planes.at(-1) : planes[0])?.formula ?? '',
    termination.taskerType ?? '?',
    dipole === undefined ? '?' : dipole.toFixed(2),
    termination.symmetricFaces ? 'equivalent' : 'different',
    termination.stoichiometric ? 'yes' : 'no',
    termination.gapAngstrom.toFixed(2),
    String(termination.brokenBonds),
    termination.excess === 0
      ? planes.map((plane) => `${plane.formula}${charge(plane.chargeE)}`).join(' ')
      : termination.summary.replace(/^.*, /, ''),
  ]
}

/** What a chemist wants to know of a slab before it costs a day. */
export function slabSummary({ slab, chargeReason }: MadeSlab): string {
  const { structure, termination } = slab
  const { aAngstrom, bAngstrom, cAngstrom, gammaDegrees } = cellParameters(structure.lattice)
  const frozen = structure.sites.filter((site) => site.mobile?.every((free) => !free) === true).length
  const size = surfaceCellSize(slab.inPlaneMatrix)
  const cell = `a ${aAngstrom.toFixed(3)} Å, b ${bAngstrom.toFixed(3)} Å, γ ${gammaDegrees.toFixed(2)}°, c ${cAngstrom.toFixed(3)} Å`
  const rows = [
    ['surface', `(${slab.millerIndex.join(' ')}) ${termination.name}: ${termination.summary}`],
    ['formula', `${formula(structure)}, ${structure.sites.length} atoms (${chemicalFormula(structure)}${termination.stoichiometric ? '' : ', off-stoichiometric'})`],
    ['faces', `${termination.symmetricFaces ? 'equivalent' : 'different'}${polarity(termination)}`],
    ['height', `${slab.repeats} repeats, ${slab.thicknessAngstrom.toFixed(2)} Å, vacuum ${slab.vacuumAngstrom} Å`],
    ['cell', size === 1 ? cell : `${cell}; ${size} × the primitive surface cell`],
    ['area', `${slab.areaAngstrom2.toFixed(2)} Å²`],
    ...(frozen > 0 ? [['frozen', `${frozen} atoms`]] : []),
    ['charges', chargeReason],
  ]
  return rows.map(([name = '', text]) => `${name.padEnd(8)} ${text}\n`).join('')
}

function polarity({ dipolePerRepeatEAngstrom: dipole, taskerType }: Termination): string {
  if (dipole === undefined) return ', polarity not known without formal charges'
  if (Math.abs(dipole) < 1e-6) return ', no formal dipole'
  const advice = taskerType === 'III' ? ': polar, see --reconstruct' : ''
  return `, formal dipole ${dipole.toFixed(2)} eÅ per repeat and primitive surface cell${advice}`
}

export function slabFacts({ slab, chargeReason }: MadeSlab): object {
  const { millerIndex, termination, repeats, vacuumAngstrom, thicknessAngstrom, areaAngstrom2, inPlaneMatrix } = slab
  const counts = { formula: formula(slab.structure), atoms: slab.structure.sites.length }
  const geometry = { repeats, vacuumAngstrom, thicknessAngstrom, areaAngstrom2, inPlaneMatrix }
  return { millerIndex, termination, ...counts, ...geometry, chargeReason, distinctSites: slabSites(slab), sites: slab.sites }
}
