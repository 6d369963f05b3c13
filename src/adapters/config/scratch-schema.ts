import { z } from 'zod'
import type { ScratchFolder } from '../../ports/site.ts'

const pattern = /^(?:\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\}))?((?:\/[A-Za-z0-9_.+@%,=-]+)*)\/?$/

/** `/scratch/me`, `$TMPDIR` or `${SCRATCH}/dopant`: one variable at most, and it comes first. It is read on the compute node. */
export const scratchSchema = z
  .string()
  .regex(pattern, 'an absolute path without blanks, or $VARIABLE with what follows it')
  .refine((text) => !/^\/?$/.test(text) && !text.split('/').includes('..'), 'a folder of its own, without ..')
  .transform((text): ScratchFolder => {
    const [, bare, braced, path = ''] = pattern.exec(text) ?? []
    const variable = bare ?? braced
    return variable === undefined ? { path } : { variable, path }
  })
