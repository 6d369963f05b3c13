import { describe, expect, it } from 'vitest'
import { readScreen, ScreenFileError } from '../../../src/workflow/screen/read-screen.ts'

const start = `name: test
host:
  file: host.cif
  oxidationStates: { Li: 1, O: -2 }
slab:
  millerIndex: [0, 1, 0]
dopants:
  elements: [B]
`

function complaint(text: string): ScreenFileError {
  try {
    readScreen(text, 'screen.yaml')
  } catch (error) {
    if (error instanceof ScreenFileError) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('a wrong line in a screen file is named, with what is allowed', () => {
  it.each([
    [
      'a compensation that does not exist',
      '  compensation: electronik\n',
      9,
      /Allowed: electronic, oxygen-vacancy/,
      'Write electronic.',
    ],
    [
      'a misspelt key of a compensation',
      '  compensation: { vacany: Li }\n',
      9,
      /Allowed: vacancy, interstitial, place/,
      'Did you mean vacancy?',
    ],
    [
      'the same in a list',
      '  compensation:\n    - electronic\n    - { vacancy: Li, plac: nearest }\n',
      11,
      /no key "plac"/,
      'Did you mean place?',
    ],
    [
      'a void of an unknown kind',
      '  sites:\n    - interstitial: { void: cubic }\n',
      10,
      /Allowed: tetrahedral, octahedral, trigonal/,
      /Set/,
    ],
    [
      'a misspelt key of a void',
      '  sites:\n    - interstitial: { voids: tetrahedral }\n',
      10,
      /Allowed: void, class, without, remove/,
      'Did you mean void?',
    ],
    [
      'a rule without a place',
      '  sites:\n    - { depth: any }\n',
      10,
      /either `replace` or `interstitial`/,
      /Set/,
    ],
    [
      'two ways to say how many',
      '  sites:\n    - { replace: Li, count: 2, concentration: 0.5 }\n',
      10,
      /not both/,
      /Set/,
    ],
    ['a preset of another file', '  preset: mine\n', 9, /Allowed: paper, screen/, /Set/],
    ['an unknown magnetic order', 'method: { magneticOrder: afm }\n', 9, /Allowed: fm, afm-neel/, /./],
    [
      'a step of no kind',
      'steps:\n  - { kind: relaxx }\n',
      10,
      /Allowed: relax, static, dos/,
      'Write relax.',
    ],
    [
      'two steps of one name',
      'steps:\n  - { kind: relax }\n  - { kind: relax }\n',
      11,
      /two steps are called relax/,
      /Set/,
    ],
    [
      'a convergence test of nothing known',
      'converge: { encut: [400] }\n',
      9,
      /Allowed: of, encutEv/,
      'Did you mean encutEv?',
    ],
    ['no start at all', 'starts: 0\n', 9, /starts is 0/, /Set/],
  ])('%s', (_, line, number, message, remedy) => {
    const error = complaint(start + line)

    expect(error.message).toMatch(message)
    expect(error.line).toBe(number)
    expect(error.remedy).toMatch(remedy)
  })

  it('a slab section of a bulk host', () => {
    const error = complaint(start.replace('  file: host.cif', '  file: host.cif\n  form: bulk'))

    expect(error.message).toMatch(/line 6: slab is .*not with `form: bulk`/)
  })

  it('a lattice to be relaxed under a slab, with the way to do it', () => {
    const error = complaint(start.replace('  file: host.cif', '  file: host.cif\n  lattice: relaxed'))

    expect(error.message).toMatch(/line 4: host\.lattice is "relaxed": .*give its CONTCAR as host\.file/)
  })

  it('a slab host without a slab section', () => {
    expect(complaint(start.replace(/slab:\n.*\n/, '')).message).toMatch(
      /slab is missing: needed with `form: slab`/,
    )
  })

  it('nothing, when a preset of the file is used', () => {
    const screen = readScreen(
      `${start}  preset: mine\npresets:\n  mine: [{ replace: Li, depth: any }]\n`,
      'screen.yaml',
    )

    expect(screen.presets['mine']).toEqual([{ replace: 'Li', depth: 'any', limit: 50 }])
  })
})
