import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPoscar } from '../../src/structure/poscar.ts'
import {
  datasetsOfMgO,
  incarOfMgO,
  rattled,
  rockSalt,
  runFolder,
  runProgram,
  spawnProgram,
} from './fixtures.ts'

const magnesia = () => rattled(rockSalt(), 'program', 0.1)

describe('dopant-rehearsal', () => {
  it('says within the first 20 lines of OUTCAR that it is a rehearsal with which parameters, and no DFT calculation', async () => {
    const { status, stdout, file } = await runProgram(runFolder(magnesia(), incarOfMgO, datasetsOfMgO))
    const head = file('OUTCAR').split('\n').slice(0, 20)

    expect(status).toBe(0)
    expect(head).toContain(' method = rehearsal')
    expect(head.find((line) => line.includes('bond-valence-1'))).toMatch(/NOT a DFT calculation/)
    expect(file('vasprun.xml')).toMatch(/name="method" type="string">rehearsal/)
    expect(stdout).toMatch(/reached required accuracy/)
  })

  it('writes the same bytes twice but for dates and times', async () => {
    const folders = [1, 2].map(() =>
      runFolder(magnesia(), incarOfMgO.replace('LCHARG = .FALSE.', 'LAECHG = .TRUE.'), datasetsOfMgO),
    )
    const [one, two] = await Promise.all(
      folders.map((folder) => runProgram(folder, { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3' })),
    )

    for (const name of ['CONTCAR', 'OSZICAR', 'XDATCAR', 'CHGCAR', 'AECCAR0', 'AECCAR1', 'AECCAR2'])
      expect(two!.file(name)).toBe(one!.file(name))
    for (const name of ['OUTCAR', 'vasprun.xml'])
      expect(timeless(two!.file(name))).toBe(timeless(one!.file(name)))
  })

  it('restarts from its CONTCAR as already relaxed', async () => {
    const folder = runFolder(magnesia(), incarOfMgO, datasetsOfMgO)
    const contcar = (await runProgram(folder)).file('CONTCAR')
    writeFileSync(join(folder, 'POSCAR'), contcar)

    expect((await runProgram(folder)).file('OSZICAR').match(/F=/g)).toHaveLength(1)
  })

  it('keeps order, species and selective dynamics in CONTCAR', async () => {
    const sites = magnesia().sites.map((site, i) =>
      i === 0 ? { ...site, mobile: [false, true, false] as const } : site,
    )
    const folder = runFolder({ ...magnesia(), sites }, incarOfMgO, datasetsOfMgO)
    const { structure } = readPoscar((await runProgram(folder)).file('CONTCAR'))

    expect(structure.sites.map(({ element }) => element)).toEqual(sites.map(({ element }) => element))
    expect(structure.sites[0]!.mobile).toEqual([false, true, false])
    expect(structure.sites[0]!.fractional[0]).toBeCloseTo(sites[0]!.fractional[0], 12)
  })

  it('treats ISIF = 3 as 2 and says so', async () => {
    const { file } = await runProgram(runFolder(magnesia(), `${incarOfMgO}ISIF = 3\n`, datasetsOfMgO))

    expect(file('OUTCAR')).toMatch(/ISIF = 3 is treated as 2/)
    expect(readPoscar(file('CONTCAR')).structure.lattice).toEqual(magnesia().lattice)
  })

  it('writes a WAVECAR that says it is none', async () => {
    const { file } = await runProgram(
      runFolder(magnesia(), incarOfMgO.replace('LWAVE = .FALSE.', ''), datasetsOfMgO),
    )

    expect(file('WAVECAR')).toMatch(/marker, not a WAVECAR/)
  })
})

describe('inputs that VASP would stop at', () => {
  it.each(['INCAR', 'POSCAR', 'POTCAR.spec'])(
    'end the run with a box on standard output and exit code 1: no %s',
    async (name) => {
      const folder = runFolder(magnesia(), incarOfMgO, datasetsOfMgO)
      rmSync(join(folder, name))
      const { status, stdout } = await runProgram(folder)

      expect(status).toBe(1)
      expect(stdout).toContain(name.replace('.spec', ''))
      expect(stdout).toMatch(/I REFUSE TO CONTINUE WITH THIS SICK JOB/)
      expect(existsSync(join(folder, 'OUTCAR'))).toBe(false)
    },
  )

  it('include a POTCAR.spec in another order than POSCAR', async () => {
    const { status, stdout } = await runProgram(runFolder(magnesia(), incarOfMgO, 'O PBE O 6\nMg PBE Mg 2\n'))

    expect(status).toBe(1)
    expect(stdout.replace(/[|\s]+/g, ' ')).toMatch(/POTCAR O Mg, POSCAR Mg O/)
  })

  it('include dynamics, which the stand-in does not do', async () => {
    const { status, stdout } = await runProgram(
      runFolder(magnesia(), incarOfMgO.replace('IBRION = 2', 'IBRION = 0'), datasetsOfMgO),
    )

    expect(status).toBe(1)
    expect(stdout).toMatch(/relaxes ions only/)
  })

  it('do not include a missing KPOINTS: KSPACING decides then', async () => {
    const folder = runFolder(magnesia(), incarOfMgO, datasetsOfMgO)
    rmSync(join(folder, 'KPOINTS'))

    // 2π/4.21 Å = 1.492 Å⁻¹, over the default of 0.5 Å⁻¹: three points along each axis.
    expect((await runProgram(folder)).file('OUTCAR')).toMatch(/generate k-points for: {4}3 {4}3 {4}3/)
  })

  it('are read from a real POTCAR when there is one: title and valence only', async () => {
    const folder = runFolder(magnesia(), incarOfMgO, '')
    writeFileSync(
      join(folder, 'POTCAR'),
      '   TITEL  = PAW_PBE Mg_pv 13Apr2007\n   POMASS =   24.305; ZVAL   =    8.000\n   TITEL  = PAW_PBE O 08Apr2002\n   POMASS =   16.000; ZVAL   =    6.000\n',
    )

    expect((await runProgram(folder)).file('OUTCAR')).toMatch(/NELECT = {6}56\.0000/)
  })
})

describe('STOPCAR', () => {
  it.each([
    ['LSTOP', 'soft'],
    ['LABORT', 'hard'],
  ])('with %s ends the run after the present step, with its timing block', async (tag, word) => {
    const folder = runFolder(rattled(rockSalt(), 'stop', 0.2), incarOfMgO, datasetsOfMgO)
    const pausing = { DOPANT_REHEARSAL_SECONDS_PER_STEP: '1' }
    const { status, file } = await runProgram(folder, pausing, () =>
      writeFileSync(join(folder, 'STOPCAR'), `${tag} = .TRUE.\n`),
    )

    expect(status).toBe(0)
    expect(file('OUTCAR')).toContain(` ${word} stop encountered!  aborting job ...`)
    expect(file('OUTCAR')).toContain('General timing and accounting')
    expect(file('OUTCAR').match(/FREE ENERGIE OF THE ION/g)).toHaveLength(1)
  })
})

describe('the program itself', () => {
  it('runs from a checkout without a build, in the current folder', () => {
    const { status, stdout, file } = spawnProgram(runFolder(magnesia(), incarOfMgO, datasetsOfMgO))

    expect(status).toBe(0)
    expect(stdout).toMatch(/reached required accuracy/)
    expect(file('OUTCAR')).toMatch(/General timing/)
  })

  it('dies by the signal that a batch system sends, when it is asked to', () => {
    const folder = runFolder(rattled(rockSalt(), 'killed', 0.2), incarOfMgO, datasetsOfMgO)
    const { signal, stdout } = spawnProgram(folder, { DOPANT_REHEARSAL_FAIL: 'killed-mid-step@2' })

    expect(signal).toBe('SIGKILL')
    expect(stdout).toMatch(/DAV: {3}1/)
  })

  it('takes the time per ionic step that it is told to', () => {
    const folder = runFolder(magnesia(), incarOfMgO.replace('NSW = 30', 'NSW = 0'), datasetsOfMgO)
    const start = performance.now()
    spawnProgram(folder, { DOPANT_REHEARSAL_SECONDS_PER_STEP: '1.5' })

    expect(performance.now() - start).toBeGreaterThan(1500)
  })
})

function timeless(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/cpu time|\((sec|kb)\)|executed on|name="(date|time)"|<time/.test(line))
    .join('\n')
}
