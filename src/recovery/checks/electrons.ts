import type { Check } from './check.ts'

export const spinCheck: Check = {
  name: 'spin',
  asks: 'Is it spin-polarised as planned, with the planned total moment where one is held?',
  finds: ({ planned: { incar }, outcar: { settings } }) => {
    if (incar['LNONCOLLINEAR'] === true || incar['LSORBIT'] === true) return undefined
    const [planned, found] = [incar['ISPIN'], settings['ISPIN']]
    if (typeof planned === 'number' && typeof found === 'number' && planned !== found) return `ISPIN is ${found}, planned ${planned}`
    const [held, asked] = [settings['NUPDOWN'], incar['NUPDOWN'] ?? notHeld]
    if (typeof held !== 'number' || typeof asked !== 'number' || Math.abs(held - asked) < 1e-3) return undefined
    if (held === notHeld) return `the total moment was free, planned to be held at ${asked} μB (NUPDOWN)`
    return `the total moment was held at ${held} μB (NUPDOWN), planned ${asked === notHeld ? 'free' : `${asked} μB`}`
  },
}

// What VASP prints where the total moment is free.
const notHeld = -1

export const electronCountCheck: Check = {
  name: 'electron_count',
  asks: 'Has the cell the planned number of electrons?',
  finds: ({ planned: { incar, electronCount }, outcar }) => {
    const asked = incar['NELECT'] ?? electronCount
    const found = outcar.electronCount
    if (typeof asked !== 'number' || found === undefined || Math.abs(found - asked) < toleranceE) return undefined
    return `the cell has ${found} electrons, planned ${asked}`
  },
}

// Four decimals are printed; fractions of an electron are charged cells.
const toleranceE = 1e-3
