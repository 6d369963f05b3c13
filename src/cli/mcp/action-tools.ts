import { z } from 'zod'
import { targetWords } from '../../app/screens/find-target.ts'
import { actOnTargets, type TargetAction } from '../act-on-targets.ts'
import { mcpTool, type McpTool } from './mcp-tool.ts'

const descriptions: Readonly<Record<TargetAction, string>> = {
  retry: 'Gives failed calculations another attempt, which costs core-hours; a cancelled one by its own id.',
  cancel: 'Ends jobs, and lets what has no job never start. What ran so far of them is lost.',
  pause: 'Holds calculations that have no job yet.',
  resume: 'Lets held calculations go on.',
}

/** Only with `--allow-actions`; every move is in the event log by `mcp`. */
export const actionTools: readonly McpTool[] = (Object.keys(descriptions) as TargetAction[]).map((action) =>
  mcpTool({
    name: action,
    title: action,
    description: descriptions[action],
    isReadOnly: false,
    input: z.object({ targets: z.array(z.string().min(1).max(300)).min(1).max(100).describe(targetsOf(action)) }),
    answer: async ({ targets }, { workspace }) => actOnTargets(workspace, action, targets, 'mcp'),
  }),
)

function targetsOf(action: TargetAction): string {
  return action === 'retry' ? 'calculations (screen/candidate/step) or screens' : targetWords
}
