import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { FileMissingError } from '../../app/files/file-missing.ts'
import { loadSymmetryEngine, packageVersion } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const mcpCommand: CommandDefinition = {
  name: 'mcp',
  summary: 'answer an assistant over the Model Context Protocol: screens, queue, results',
  options: [
    { flags: '--allow-actions', description: 'it may also retry, cancel, pause and resume; without, it only looks' },
    { flags: '--allow-path <folders...>', description: 'it may read VASP files below these too, not only below the project' },
    projectOption,
  ],
  examples: ['dopant mcp --project ~/screens', 'dopant mcp --allow-path ~/archive', 'dopant mcp --allow-actions'],
  run: async (_, options, io) => {
    loadSymmetryEngine()
    // Nobody is at a terminal: a site that asks for a password is told so.
    const workspace = { ...workspaceOptions(options, io), person: {} }
    const folders = (options['allowPath'] as readonly string[] | undefined) ?? []
    const allowedFolders = await Promise.all([workspace.projectFolder, ...folders.map((each) => resolve(io.cwd, each))].map(realFolder))
    const { serveMcp } = await import('../mcp/serve-mcp.ts')
    await serveMcp({ workspace, allowedFolders, isActing: options['allowActions'] === true, version: packageVersion() }, io)
    return 0
  },
}

function realFolder(path: string): Promise<string> {
  return realpath(path).catch(() => {
    throw new FileMissingError(path, 'folder')
  })
}
