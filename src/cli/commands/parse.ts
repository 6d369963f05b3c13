import { didYouMean } from '../../base/did-you-mean.ts'
import { fileKinds, type FileKind } from '../../vasp/output/file-kind.ts'
import { jsonLine } from '../../app/parse/json-line.ts'
import { isFailure } from '../../app/parse/parse-file.ts'
import { parseFiles } from '../../app/parse/parse-files.ts'
import { parseJsonSchema, recordSchemas } from '../../app/parse/parse-schema.ts'
import { parseSummary } from '../../app/parse/parse-summary.ts'
import type { CommandDefinition, CommandOptions, ExitCode } from '../command.ts'
import { numberOption, oneOf, OptionValueError, textOption } from '../option-values.ts'

export const parseCommand: CommandDefinition = {
  name: 'parse',
  summary: 'read VASP and Bader files',
  arguments: [{ name: '[file...]', description: 'OUTCAR, vasprun.xml, CHGCAR, ACF.dat, …; plain or gzip' }],
  options: [
    { flags: '--json', description: 'one JSON object per file and line, in the order given' },
    { flags: '--kind <kind>', description: `read as this kind: ${fileKinds.join(', ')}` },
    { flags: '--fields <names>', description: 'only these fields, by commas: final.totenEv,converged' },
    { flags: '--jobs <number>', description: 'threads, for many files', default: '1' },
    { flags: '--schema', description: 'print the JSON Schema of the lines and read nothing' },
  ],
  examples: [
    'dopant parse run/OUTCAR',
    'dopant parse --json --fields final.energySigmaToZeroEv,runState */OUTCAR.gz',
  ],
  run: async (files, options, io) => {
    if (options['schema'] === true) {
      io.stdout.write(`${JSON.stringify(parseJsonSchema(), null, 2)}\n`)
      return 0
    }
    if (files.length === 0) throw new OptionValueError('[file...]', '', 'Name one file or more.')
    const settings = { cwd: io.cwd, jobs: jobsOf(options), ...kindOf(options), fields: fieldsOf(options) }
    let code: ExitCode = 0
    for await (const parsed of parseFiles(files, settings)) {
      if (isFailure(parsed)) code = 1
      if (options['json'] === true) io.stdout.write(`${jsonLine(parsed)}\n`)
      else if (isFailure(parsed))
        io.stderr.write(`dopant: ${parsed.file}: ${parsed.error.message}\n  ${parsed.error.remedy}\n`)
      else io.stdout.write(parseSummary(parsed))
    }
    return code
  },
}

function kindOf(options: CommandOptions): { readonly kind?: FileKind } {
  const given = textOption(options['kind'])
  if (given === undefined) return {}
  const sameLetters = fileKinds.find((kind) => kind.toLowerCase() === given.toLowerCase())
  return { kind: sameLetters ?? oneOf('--kind', given, fileKinds) }
}

function jobsOf(options: CommandOptions): number {
  const jobs = numberOption('--jobs', options['jobs'] ?? 1)
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= 256) return jobs
  throw new OptionValueError('--jobs', options['jobs'], 'Give a whole number from 1 to 256.')
}

/** Only the first word of a dotted field is checked: what lies deeper depends on the file. */
function fieldsOf(options: CommandOptions): readonly string[] {
  const fields = (textOption(options['fields']) ?? '')
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '')
  const known = [...new Set(Object.values(recordSchemas).flatMap((schema) => Object.keys(schema.shape)))]
  for (const field of fields) {
    const first = field.split('.')[0] ?? ''
    const guess = known.includes(first) ? undefined : didYouMean(first, known)
    if (guess !== undefined) throw new OptionValueError('--fields', field, `Did you mean ${guess}?`)
  }
  return fields
}
