import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readScreen, ScreenFileError } from '../../src/workflow/screen/read-screen.ts'

const text = readFileSync('examples/li2mno3-010/screen.yaml', 'utf8')

function complaint(from: string, to: string): ScreenFileError {
  expect(text).toContain(from)
  try {
    readScreen(text.replace(from, to), 'screen.yaml')
  } catch (error) {
    if (error instanceof ScreenFileError) return error
  }
  throw new Error('was accepted')
}

describe('a screen file', () => {
  it('is read with its stated values', () => {
    const screen = readScreen(text, 'screen.yaml')

    expect(screen.slab).toMatchObject({ millerIndex: [0, 1, 0], supercell: [2, 2], vacuumAngstrom: 15 })
    expect(screen.method.hubbardU).toEqual({ Mn: 4.5 })
  })

  it('that misspells a key is answered with line, allowed keys and the right word', () => {
    const error = complaint('vacuumAngstrom: 15', 'vacumAngstrom: 15')

    expect(error.message).toMatch(/^screen\.yaml, line 16: slab has no key "vacumAngstrom"\. Allowed: .*millerIndex/)
    expect(error.remedy).toBe('Did you mean vacuumAngstrom?')
  })

  it('that misspells a value is answered with what is allowed', () => {
    const error = complaint('preset: paper', 'preset: papre')

    expect(error.message).toContain('Allowed: paper')
    expect(error.remedy).toBe('Write paper.')
  })

  it.each([
    ['a mesh spacing of zero', 'spacing: 0.04', 'spacing: 0', 'kpoints.spacing'],
    ['a thickness in words', 'repeats: 3', 'repeats: three', 'slab.repeats'],
    ['a Miller index of two numbers', '[0, 1, 0]', '[0, 1]', 'slab.millerIndex'],
    ['an element that does not exist', 'elements: [B,', 'elements: [boron,', 'dopants.elements.0'],
  ])('with %s is refused and the key is named', (_, from, to, key) => {
    const error = complaint(from, to)

    expect(error.message).toContain(key)
    expect(error.line).toBeGreaterThan(1)
  })

  it('that is not YAML is refused with the line', () => {
    expect(complaint('name: li2mno3-010', 'name: [li2mno3').line).toBeGreaterThan(0)
  })

  it('that wants everything through aliases is refused', () => {
    const bomb = 'a: &a [1,1]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c]\ne: [*d,*d,*d,*d]\n'

    expect(() => readScreen(bomb, 'screen.yaml')).toThrow()
  })
})
