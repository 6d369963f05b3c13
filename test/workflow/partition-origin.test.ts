import { describe, expect, it } from 'vitest'
import { partitionLine, partitionOrigin } from '../../src/workflow/partition-origin.ts'

/** As the Fortran program begins (version 1.05), shortened; layout from its own output. */
const fortran = (files: string) => `
  GRID BASED BADER ANALYSIS  (Version 1.05 08/19/23)

${files}
  CALCULATING BADER CHARGE DISTRIBUTION
`

describe('who divided a density', () => {
  it('is read back from what the built-in partition prints', () => {
    const line = partitionLine({ method: 'on-grid', hasReference: true })

    expect(partitionOrigin(`noise\n${line}\n`)).toEqual({ program: 'dopant', method: 'on-grid', hasReference: true })
  })

  it('is the Fortran program with its version, and a reference when it opened a second file', () => {
    expect(partitionOrigin(fortran('  OPEN ... CHGCAR\n  OPEN ... CHGCAR_sum'))).toEqual({
      program: 'bader 1.05',
      method: 'near-grid',
      hasReference: true,
    })
    expect(partitionOrigin(fortran('  OPEN ... CHGCAR')).hasReference).toBe(false)
  })

  it('is unknown, without any claim of a reference, when nothing was kept', () => {
    expect(partitionOrigin(undefined)).toEqual({ program: 'unknown', method: 'unknown', hasReference: false })
  })
})
