import { describe, expect, it } from 'vitest'
import { readPotcarHeaders } from '../../../src/vasp/output/potcar-header.ts'

// Header lines only, as they also stand in every OUTCAR.
const manganese = [
  '   VRHFIN =Mn: 3p4s3d',
  '   LEXCH  = PE',
  '   TITEL  = PAW_PBE Mn_pv 02Aug2007',
  '   POMASS =   54.938; ZVAL   =   13.000    mass and valenz',
  '   ENMAX  =  269.864; ENMIN  =  202.398 eV',
]
const oxygen = [
  '   VRHFIN =O: s2p4',
  '   LEXCH  = PE',
  '   TITEL  = PAW_PBE O 08Apr2002',
  '   POMASS =   16.000; ZVAL   =    6.000    mass and valenz',
  '   ENMAX  =  400.000; ENMIN  =  300.000 eV',
]

describe('readPotcarHeaders', () => {
  it('reads element, valence and cut-off of each potential', () => {
    const text = [...manganese, ' End of Dataset', ...oxygen, ' End of Dataset', ''].join('\n')

    expect(readPotcarHeaders(text, 'sha256:00').potentials).toEqual([
      {
        titel: 'PAW_PBE Mn_pv 02Aug2007',
        symbol: 'Mn',
        vrhfin: 'Mn: 3p4s3d',
        lexch: 'PE',
        zval: 13,
        enmaxEv: 269.864,
        enminEv: 202.398,
        massAmu: 54.938,
      },
      {
        titel: 'PAW_PBE O 08Apr2002',
        symbol: 'O',
        vrhfin: 'O: s2p4',
        lexch: 'PE',
        zval: 6,
        enmaxEv: 400,
        enminEv: 300,
        massAmu: 16,
      },
    ])
    expect(readPotcarHeaders(text, 'sha256:00').hash).toBe('sha256:00')
  })

  it('reads the header lines alone, without the ends of data sets', () => {
    const { potentials } = readPotcarHeaders([...manganese, ...oxygen].join('\r\n'))

    expect(potentials.map(({ symbol, lexch, zval }) => [symbol, lexch, zval])).toEqual([
      ['Mn', 'PE', 13],
      ['O', 'PE', 6],
    ])
  })

  it('keeps nothing but the header', () => {
    const [title = '', ...rest] = oxygen
    const text = [title, ...rest, '  local part', '   0.15236E+02  -0.99E+01', ' End of Dataset'].join('\n')

    expect(JSON.stringify(readPotcarHeaders(text))).not.toContain('15236')
  })

  it('refuses a list of names, which is no POTCAR', () => {
    expect(() => readPotcarHeaders('Mn_pv\nO\n')).toThrow('TITEL')
  })
})
