import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FileMissingError } from '../../app/files/file-missing.ts'
import { lintFolder } from '../../app/lint/lint-folder.ts'
import { isFailure, parseFile } from '../../app/parse/parse-file.ts'
import { jsonLine } from '../../app/parse/json-line.ts'
import { parseSummary } from '../../app/parse/parse-summary.ts'
import { isKnownError } from '../../base/known-error.ts'
import { fileKinds } from '../../vasp/output/file-kind.ts'
import { allowedPath } from './allowed-path.ts'
import { mcpTool, type McpTool, type ToolSurroundings } from './mcp-tool.ts'

const pathInput = z.string().min(1).max(4096)

const parse = mcpTool({
  name: 'parse_file',
  title: 'Read a VASP file',
  description: 'Reads a file of VASP or of the Bader program, plain or gzip, below the project’s folder or a folder that was allowed. Without fields a summary; with them the values.',
  isReadOnly: true,
  input: z.object({
    path: pathInput.describe('absolute, or from the project’s folder'),
    kind: z.enum(fileKinds).optional().describe('read as this kind, whatever it looks like'),
    fields: z.array(z.string().max(200)).min(1).max(20).optional().describe('such as final.totenEv or converged'),
  }),
  answer: async ({ path, kind, fields }, around) => {
    const real = await allowed(path, around)
    const parsed = await parseFile(real, { cwd: around.workspace.projectFolder, ...(kind !== undefined && { kind }), ...(fields !== undefined && { fields }) })
    const named = { ...parsed, file: path }
    if (isFailure(named)) return named
    const plain = JSON.parse(jsonLine(named)) as typeof named
    return fields === undefined ? { file: path, kind: named.kind, summary: parseSummary(plain) } : plain
  },
})

const lint = mcpTool({
  name: 'lint_inputs',
  title: 'Mistakes in VASP inputs',
  description: 'Checks INCAR, KPOINTS, POSCAR and POTCAR headers of one folder below the project’s folder or a folder that was allowed.',
  isReadOnly: true,
  input: z.object({ folder: pathInput.describe('with an INCAR; absolute, or from the project’s folder') }),
  answer: async ({ folder }, around) => {
    const real = await allowed(folder, around)
    const { files, findings } = await lintFolder(real, (name) => inputText(join(real, name), around))
    return { folder, files, findings }
  },
})

export const fileTools: readonly McpTool[] = [parse, lint]

function allowed(path: string, { workspace, allowedFolders }: ToolSurroundings): Promise<string> {
  return allowedPath(path, workspace.projectFolder, allowedFolders)
}

/** A file of the folder may be a link: it is held to the same rule. */
async function inputText(path: string, around: ToolSurroundings): Promise<string | undefined> {
  try {
    return await readFile(await allowed(path, around), 'latin1')
  } catch (error) {
    if (isKnownError(error) && !(error instanceof FileMissingError)) throw error
    return undefined
  }
}
