import { z } from 'zod'
import type { Resources, SiteResources } from '../../ports/resources.ts'

const walltimePattern = /^(?:(\d+)-)?(\d+):([0-5]\d):([0-5]\d)$/

/** `24:00:00` or `2-12:00:00`, as on a queue's command line. */
const walltime = z
  .string()
  .regex(walltimePattern, 'is written hours:minutes:seconds or days-hours:minutes:seconds')

const fields = z.strictObject({
  nodes: z.int().min(1),
  ranksPerNode: z.int().min(1),
  walltime,
  maxWalltime: walltime.optional(),
  maxNodes: z.int().min(1).optional(),
  coresPerRank: z.int().min(1).optional(),
  memoryMibPerNode: z.int().min(1).optional(),
  partition: z.string().optional(),
  account: z.string().optional(),
  qos: z.string().optional(),
  constraint: z.string().optional(),
  exclusive: z.boolean().optional(),
  parallelEnvironment: z.string().optional(),
  extraDirectives: z.array(z.string()).optional(),
})

/** The `resources` of a site: common values, and under `steps` what some kinds of steps need otherwise, whatever a screen calls them. */
export const resourcesSchema = fields
  .extend({
    nodes: z.int().min(1).default(1),
    steps: z.partialRecord(z.enum(['relax', 'static', 'dos']), fields.partial()).optional(),
  })
  .transform(({ steps, ...common }): SiteResources => {
    const overrides = Object.entries(steps ?? {}).map(([step, values]) => [step, inSeconds(values)] as const)
    const resources = inSeconds(common) as Resources
    return overrides.length === 0 ? resources : { ...resources, steps: Object.fromEntries(overrides) }
  })

type Given = { [Field in keyof z.infer<typeof fields>]?: z.infer<typeof fields>[Field] | undefined }

/** The given values only, because an absent one leaves the common value as it is. */
function inSeconds({ walltime: text, maxWalltime: most, ...values }: Given): Partial<Resources> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    ...(text === undefined ? {} : { walltimeSeconds: seconds(text) }),
    ...(most === undefined ? {} : { maxWalltimeSeconds: seconds(most) }),
  }
}

function seconds(text: string): number {
  const [, days = '0', hours = '0', minutes = '0', rest = '0'] = walltimePattern.exec(text) ?? []
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest)
}
