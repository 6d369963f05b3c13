import { dirname, resolve } from 'node:path'
import { projectFolderOf, type WorkspaceOptions } from '../compose.ts'
import type { CommandIo, CommandOption, CommandOptions } from './command.ts'
import { textOption } from './option-values.ts'

export const projectOption: CommandOption = {
  flags: '--project <folder>',
  description: 'folder with dopant.yaml; default: found upward from the screen file or the current folder',
}

/** The project a command speaks of: the one that is named, else the one around the screen file or the current folder. */
export function workspaceOptions(options: CommandOptions, io: CommandIo, screenFile?: string): WorkspaceOptions {
  const named = textOption(options['project'])
  const around = screenFile === undefined ? io.cwd : dirname(screenFile)
  return {
    projectFolder: named === undefined ? projectFolderOf(around) : resolve(io.cwd, named),
    environment: io.environment,
    say: (line) => void io.stderr.write(`${line}\n`),
  }
}
