import { join } from 'node:path'
import { baderMethods, type BaderMethod } from '../../bader/basin-integrals.ts'
import { acfText } from '../../bader/acf-text.ts'
import { usualVacuumDensity } from '../../bader/partition.ts'
import { baderCharges } from '../../app/bader.ts'
import { writeFileWhole } from '../../app/files/write-file-whole.ts'
import { partitionLine } from '../../workflow/partition-origin.ts'
import type { CommandDefinition } from '../command.ts'
import { oneOf, numberOption } from '../option-values.ts'

export const baderCommand: CommandDefinition = {
  name: 'bader',
  summary: 'divide a charge density into atoms and write ACF.dat',
  arguments: [{ name: '<chgcar>', description: 'CHGCAR of a static run, also .gz' }],
  options: [
    { flags: '--ref <files...>', description: 'AECCAR0 and AECCAR2; without them charges may be badly wrong' },
    { flags: '--method <name>', description: baderMethods.join(', '), default: 'near-grid' },
    { flags: '--vacuum <density>', description: 'points below it belong to no atom, in e/Å³', default: '1e-3' },
    { flags: '--out <file>', description: 'where the table goes', default: 'ACF.dat' },
    { flags: '--json', description: 'print the charges as JSON' },
  ],
  examples: ['dopant bader CHGCAR --ref AECCAR0 AECCAR2'],
  run: async ([charge = ''], options, io) => {
    const at = (path: string) => join(path.startsWith('/') ? '' : io.cwd, path)
    const reference = ((options['ref'] ?? []) as readonly string[]).map(at)
    const method: BaderMethod = oneOf('--method', options['method'], baderMethods)
    const vacuumDensity = numberOption('--vacuum', options['vacuum'] ?? usualVacuumDensity)
    const { result, structure } = await baderCharges({ charge: at(charge), reference, method, vacuumDensity })
    const out = at(String(options['out']))
    await writeFileWhole(out, acfText(result, structure))
    io.stderr.write(`${partitionLine({ method, hasReference: reference.length > 0 })}\n`)
    if (reference.length === 0) io.stderr.write('dopant: no reference density; take the charges with care.\n')
    if (options['json'] === true) io.stdout.write(`${JSON.stringify(result)}\n`)
    else io.stdout.write(`${structure.sites.length} atoms, ${result.electronCount.toFixed(4)} electrons → ${out}\n`)
    return 0
  },
}
