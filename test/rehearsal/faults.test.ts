import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datasetsOfMgO, incarOfMgO, rattled, rockSalt, runFolder, runProgram } from './fixtures.ts'

const folder = (incar = incarOfMgO) => runFolder(rattled(rockSalt(), 'faults', 0.2), incar, datasetsOfMgO)
const failing = (wish: string, incar?: string) => runProgram(folder(incar), { DOPANT_REHEARSAL_FAIL: wish })

describe('a failure that was asked for', () => {
  it('walltime: ends by SIGTERM within the electronic loop of step 3, two whole steps kept, no timing block', async () => {
    const { signals, status, stderr, file } = await failing('walltime')

    expect(signals).toEqual(['SIGTERM'])
    expect(status).toBe(143)
    expect(stderr).toMatch(/DUE TO TIME LIMIT/)
    expect(count(file('OUTCAR'), /FREE ENERGIE OF THE ION/g)).toBe(2)
    expect(file('OUTCAR')).not.toMatch(/General timing/)
    expect(count(file('OUTCAR'), /Iteration {6}3\(/g)).toBeGreaterThan(0)
    expect(count(file('vasprun.xml'), /<\/calculation>/g)).toBe(2)
    expect(file('vasprun.xml')).not.toMatch(/<\/modeling>/)
    expect(file('CONTCAR').split('\n').length).toBeGreaterThan(15)
  })

  it('killed-mid-step@2: leaves half a table of forces', async () => {
    const { signals, file } = await failing('killed-mid-step@2')

    expect(signals).toEqual(['SIGKILL'])
    expect(count(file('OUTCAR'), /TOTAL-FORCE/g)).toBe(2)
    expect(count(file('OUTCAR'), /total drift/g)).toBe(1)
  })

  it('scf-not-converged: uses up NELM at every step, says so in OUTCAR and in a box, and ends', async () => {
    const { status, stdout, file } = await failing('scf-not-converged', `${incarOfMgO}NELM = 12\n`)

    expect(status).toBe(0)
    expect(file('OUTCAR')).toMatch(/aborting loop EDIFF was not reached \(unconverged\)/)
    expect(file('OUTCAR')).not.toMatch(/aborting loop because EDIFF is reached/)
    expect(count(file('OUTCAR'), /Iteration {6}1\(/g)).toBe(12)
    expect(stdout).toMatch(/self-consistency was not achieved/)
  })

  it('diverging: energies above zero that grow, and no end before NSW', async () => {
    const { status, file } = await failing('diverging@2')
    const energies = [...file('OSZICAR').matchAll(/E0= *(\S+)/g)].map((match) => Number(match[1]))

    expect(status).toBe(0)
    expect(energies[0]).toBeLessThan(0)
    expect(energies.slice(1).every((energy, i) => energy > Math.max(0, energies.slice(1)[i - 1] ?? 0))).toBe(true)
    expect(file('OUTCAR')).not.toMatch(/reached required accuracy/)
  })

  it('strikes in the last step of a run that converges before its own', async () => {
    const { signals, file } = await failing('walltime@25')

    expect(signals).toEqual(['SIGTERM'])
    expect(file('OUTCAR')).not.toMatch(/reached required accuracy/)
  })

  it('segfault: complains on standard error and gives exit code 174', async () => {
    const { status, stderr, file } = await failing('segfault')

    expect(status).toBe(174)
    expect(stderr).toMatch(/SIGSEGV/)
    expect(file('OUTCAR')).not.toMatch(/General timing/)
  })

  it('out-of-memory: is killed', async () => {
    const { signals, stderr } = await failing('out-of-memory')

    expect(signals).toEqual(['SIGKILL'])
    expect(stderr).toMatch(/oom-kill/)
  })

  it('message:zbrent: stops in the ionic loop with the message on standard output', async () => {
    const { status, stdout, file } = await failing('message:zbrent@2')

    expect(status).toBe(1)
    expect(stdout).toMatch(/ZBRENT: fatal error in bracketing/)
    expect(count(file('OUTCAR'), /FREE ENERGIE OF THE ION/g)).toBe(2)
  })

  it('message:posmap: stops before the first step', async () => {
    const { status, stdout, file } = await failing('message:posmap')

    expect(status).toBe(1)
    expect(stdout).toMatch(/POSMAP internal error/)
    expect(file('OUTCAR')).not.toMatch(/Iteration/)
  })

  it('message:eddrmm: is a warning that a run survives', async () => {
    const { status, stdout } = await failing('message:eddrmm')

    expect(status).toBe(0)
    expect(stdout).toMatch(/WARNING in EDDRMM/)
    expect(stdout).toMatch(/reached required accuracy/)
  })

  it('missing-potcar: stops as if there were none', async () => {
    const place = folder()
    const { status, stdout } = await runProgram(place, { DOPANT_REHEARSAL_FAIL: 'missing-potcar' })

    expect(status).toBe(1)
    expect(stdout).toMatch(/there is no POTCAR/)
    expect(existsSync(join(place, 'OUTCAR'))).toBe(false)
  })

  it('strikes only until INCAR says what DOPANT_REHEARSAL_FAIL_UNTIL wants: a cure can be rehearsed', async () => {
    const wish = { DOPANT_REHEARSAL_FAIL: 'message:edddav', DOPANT_REHEARSAL_FAIL_UNTIL: 'ALGO=All' }

    expect((await runProgram(folder(`${incarOfMgO}ALGO = Fast\n`), wish)).status).toBe(1)
    expect((await runProgram(folder(`${incarOfMgO}ALGO = All\n`), wish)).status).toBe(0)
  })

  it('that is not known is refused with a suggestion', async () => {
    const { status, stdout } = await failing('waltime')

    expect(status).toBe(1)
    expect(stdout).toMatch(/Did you mean walltime/)
  })
})

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
