import { siteOf, type EngineParts } from '../../app/engine/engine-parts.ts'
import { folderOf } from '../../app/hands/no-folder.ts'
import { followLog, lastLines } from '../../app/watch/follow-log.ts'
import { openBesideOwner } from '../../compose.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { Store } from '../../ports/store.ts'
import type { CommandDefinition, CommandIo } from '../command.ts'
import { textOption } from '../option-values.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

const usualLines = 20

export const logsCommand: CommandDefinition = {
  name: 'logs',
  summary: 'print the end of what VASP says in a calculation, or follow it',
  arguments: [{ name: '<id>', description: 'id of a calculation, as `dopant status` prints it' }],
  options: [
    { flags: '-f, --follow', description: 'go on until the job ends or Ctrl-C; one look every ten seconds' },
    { flags: '--file <name>', description: 'another file of its folder, such as OSZICAR or job.err', default: 'vasp.out' },
    { flags: '--lines <number>', description: `how many lines of the end; default: ${usualLines}` },
    projectOption,
  ],
  examples: ['dopant logs li2mno3-010/pristine/relax', 'dopant logs li2mno3-010/pristine/relax -f --file OSZICAR'],
  run: async ([id = ''], options, io) => {
    const { parts, close } = await openBesideOwner(workspaceOptions(options, io))
    try {
      const calculation = await parts.store.calculation(id)
      if (calculation === undefined) throw new CalculationUnknownError(id)
      const { transport } = siteOf(parts as EngineParts, calculation.site)
      const path = `${folderOf(calculation)}/${textOption(options['file']) ?? 'vasp.out'}`
      if (options['follow'] === true) {
        const isOver = () => hasEnded(parts.store, id)
        await followLog(transport, parts.clock, path, (text) => io.stdout.write(text), { signal: io.signal, isOver, everySeconds: 10 })
        return 0
      }
      return show(await lastLines(transport, path, Number(textOption(options['lines']) ?? usualLines) || usualLines), path, io)
    } finally {
      await close()
    }
  },
}

function show(part: { readonly text: string } | undefined, path: string, io: CommandIo): 0 | 1 {
  if (part === undefined) {
    io.stderr.write(`${path} is not there yet.\n`)
    return 1
  }
  io.stdout.write(part.text.endsWith('\n') || part.text === '' ? part.text : `${part.text}\n`)
  return 0
}

async function hasEnded(store: Pick<Store, 'calculation'>, id: string): Promise<boolean> {
  const state = (await store.calculation(id))?.state
  return state !== 'running' && state !== 'queued' && state !== 'suspended' && state !== 'cancelling'
}
