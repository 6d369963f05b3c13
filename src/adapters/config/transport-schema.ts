import { z } from 'zod'

const host = z.string().regex(/^[^-\s][^\s]*$/, 'a name without blanks that does not begin with a dash')

/** @see TransportSettings in ports/transport-settings.ts. Anything else, such as a password, is refused without being shown. */
export const transportSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({
    kind: z.literal('ssh'),
    host,
    user: host.optional(),
    port: z.int().min(1).max(65535).optional(),
    via: z.enum(['ssh2', 'openssh']).default('ssh2'),
    configFile: z.string().startsWith('/').optional(),
    channels: z.int().min(1).max(64).default(8),
  }),
])
