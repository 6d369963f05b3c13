import { resolve } from 'node:path'

/** A screen of three small slabs (24 atoms) and a delithiated pair: all kinds of steps, seconds to run. */
export const smallScreen = `
name: small
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants:
  elements: [B, Al]
  sites: [{ replace: Mn, wyckoff: 4g }]
delithiation: [{ of: [pristine, B-on-Mn] }]
method: { hubbardU: { Mn: 4.5 } }
`
