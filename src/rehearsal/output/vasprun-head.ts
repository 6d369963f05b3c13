import { volumeAngstrom3, reciprocalLattice } from '../../structure/lattice.ts'
import type { Structure } from '../../structure/structure.ts'
import type { IncarValue } from '../../vasp/input/incar-value.ts'
import { cutoffEv, massU } from '../input/read-inputs.ts'
import { confession, versionNumber, type RunContext } from '../run-context.ts'
import { bandCount } from './outcar-head.ts'
import { fixed, integer, logical } from './fortran.ts'

/** vasprun.xml down to the first `<calculation>`. The date is the only part that differs between equal runs. */
export function vasprunHead(run: RunContext, startedAt: Date): string {
  return [
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    '<modeling>',
    `<!-- ${confession(run).join(' | ').replaceAll('--', '-')} -->`,
    generator(startedAt),
    incarBlock(run),
    kPointsBlock(run),
    parametersBlock(run),
    atomInfo(run),
    structureBlock('initialpos', run.inputs.structure, run.inputs.selectiveDynamics),
    '',
  ].join('\n')
}

/** One `<structure>`; `name` is empty inside a calculation. */
export function structureBlock(name: string, structure: Structure, withFlags = false): string {
  const { lattice, sites } = structure
  const flags = sites.map(
    ({ mobile }) => `   <v type="logical" > ${(mobile ?? [true, true, true]).map(logical).join(' ')} </v>`,
  )
  return [
    name === '' ? ' <structure>' : ` <structure name="${name}" >`,
    '  <crystal>',
    varray('basis', lattice),
    `   <i name="volume">${fixed(volumeAngstrom3(lattice), 17, 8)} </i>`,
    varray('rec_basis', reciprocalLattice(lattice)),
    '  </crystal>',
    varray(
      'positions',
      sites.map(({ fractional }) => fractional),
    ),
    ...(withFlags ? ['  <varray name="selective" type="logical" >', ...flags, '  </varray>'] : []),
    ' </structure>',
  ].join('\n')
}

/** `<varray>` of numbers with eight decimals. */
export function varray(name: string, rows: readonly (readonly number[])[]): string {
  const lines = rows.map((row) => `   <v> ${row.map((x) => fixed(x, 16, 8)).join(' ')} </v>`)
  return [`  <varray name="${name}" >`, ...lines, '  </varray>'].join('\n')
}

function generator(startedAt: Date): string {
  const [date, time] = startedAt.toISOString().split('T')
  const item = (name: string, text: string) => `  <i name="${name}" type="string">${text} </i>`
  return [
    ' <generator>',
    item('program', 'vasp'),
    item('version', versionNumber),
    item('subversion', '(build Jan  1 2026 00:00:00) complex'),
    item('method', 'rehearsal'),
    item('platform', 'rehearsal'),
    item('date', date!.replaceAll('-', ' ')),
    item('time', time!.slice(0, 8)),
    ' </generator>',
  ].join('\n')
}

function incarBlock(run: RunContext): string {
  return [
    ' <incar>',
    ...run.inputs.incar.map(({ tag, value }) => `  ${parameter(tag, value)}`),
    ' </incar>',
  ].join('\n')
}

/** One `<i>` or `<v>` with VASP's type attributes. */
function parameter(tag: string, value: IncarValue): string {
  if (typeof value === 'boolean') return `<i type="logical" name="${tag}"> ${logical(value)}  </i>`
  if (typeof value === 'string') return `<i type="string" name="${tag}">${escaped(value)}</i>`
  if (typeof value === 'number') return number(tag, value)
  const type = value.every((x) => typeof x === 'boolean')
    ? 'type="logical" '
    : isWholeList(tag)
      ? 'type="int" '
      : ''
  const words = value.map((x) =>
    typeof x === 'boolean' ? ` ${logical(x)} ` : type === '' ? fixed(x, 16, 8) : integer(x, 6),
  )
  return `<v ${type}name="${tag}">${words.join(' ')}</v>`
}

function number(tag: string, value: number): string {
  if (isWhole(tag)) return `<i type="int" name="${tag}">${integer(value, 6)}</i>`
  return `<i name="${tag}">${fixed(value, 16, 8)}</i>`
}

const wholeTags = [
  'NSW IBRION ISIF NELM NELMIN NELMDL ISPIN ISMEAR ISYM LORBIT NWRITE LMAXMIX IDIPOL NBANDS',
  'ISTART ICHARG LDAUTYPE NCORE KPAR NPAR NGX NGY NGZ NGXF NGYF NGZF LDAUPRINT NEDOS IVDW',
].flatMap((line) => line.split(' '))

function isWhole(tag: string): boolean {
  return wholeTags.includes(tag)
}

function isWholeList(tag: string): boolean {
  return tag === 'LDAUL' || isWhole(tag)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function kPointsBlock(run: RunContext): string {
  const { mesh, centre, points } = run.inputs.kPoints
  const total = points.reduce((sum, { count }) => sum + count, 0)
  const generation = mesh
    ? [
        `  <generation param="${centre === 'gamma' ? 'Gamma' : 'Monkhorst-Pack'}">`,
        `   <v type="int" name="divisions">${mesh.map((n) => integer(n, 8)).join(' ')} </v>`,
        '   <v name="usershift">      0.00000000       0.00000000       0.00000000 </v>',
        '  </generation>',
      ]
    : []
  const weights = points.map(({ count }) => [count / total])
  return [
    ' <kpoints>',
    ...generation,
    varray(
      'kpointlist',
      points.map((k) => k.coordinates),
    ),
    varray('weights', weights),
    ' </kpoints>',
  ].join('\n')
}

function parametersBlock(run: RunContext): string {
  const { settings: s, electronCount, structure } = run.inputs
  const [NGXF, NGYF, NGZF] = run.gridShape
  const values: Record<string, IncarValue> = {
    SYSTEM: s.SYSTEM,
    PREC: s.PREC,
    ENMAX: cutoffEv(run.inputs),
    EDIFF: s.EDIFF,
    NBANDS: bandCount(run),
    NELECT: electronCount,
    ISMEAR: s.ISMEAR,
    SIGMA: s.SIGMA,
    LREAL: s.flags.LREAL,
    LMAXMIX: s.LMAXMIX,
    ISTART: 0,
    ICHARG: 2,
    ISPIN: s.ISPIN,
    LNONCOLLINEAR: false,
    LSORBIT: false,
    MAGMOM: s.MAGMOM.slice(0, structure.sites.length),
    LASPH: s.flags.LASPH,
    LMETAGGA: false,
    NELM: s.NELM,
    NELMIN: s.NELMIN,
    LDIPOL: s.flags.LDIPOL,
    IDIPOL: s.IDIPOL,
    NGX: NGXF / 2,
    NGY: NGYF / 2,
    NGZ: NGZF / 2,
    NGXF,
    NGYF,
    NGZF,
    NSW: s.NSW,
    IBRION: s.IBRION,
    ISIF: s.ISIF,
    EDIFFG: s.EDIFFG,
    POTIM: s.POTIM,
    ISYM: s.ISYM,
    LORBIT: s.LORBIT,
    NWRITE: s.NWRITE,
    LWAVE: s.flags.LWAVE,
    LCHARG: s.flags.LCHARG,
    LVTOT: s.flags.LVTOT,
    LVHAR: s.flags.LVHAR,
    LDAU: s.flags.LDAU,
    ...hubbardValues(run),
    GGA: s.GGA,
    LHFCALC: false,
    AEXX: 0,
    HFSCREEN: 0,
    AGGAC: s.AGGAC,
    LUSE_VDW: s.flags.LUSE_VDW,
    PARAM1: s.PARAM1,
    PARAM2: s.PARAM2,
  }
  return [
    ' <parameters>',
    ...Object.entries(values).map(([tag, value]) => `  ${parameter(tag, value)}`),
    ' </parameters>',
  ].join('\n')
}

function hubbardValues(run: RunContext): Record<string, IncarValue> {
  const { flags, LDAUTYPE, LDAUL, LDAUU, LDAUJ } = run.inputs.settings
  return flags.LDAU ? { LDAUTYPE, LDAUL, LDAUU, LDAUJ } : {}
}

function atomInfo(run: RunContext): string {
  const { species, speciesOfIon, structure } = run.inputs
  const atoms = structure.sites.map(
    ({ element }, i) => `    <rc><c>${element.padEnd(2)}</c><c>${integer(speciesOfIon[i]! + 1, 4)}</c></rc>`,
  )
  const types = species.map(
    ({ element, count, zval, title }) =>
      `    <rc><c>${integer(count, 4)}</c><c>${element.padEnd(2)}</c><c>${fixed(massU(element), 17, 8)}</c><c>${fixed(zval, 16, 8)}</c><c>  ${title}  </c></rc>`,
  )
  const field = (name: string, type = '') => `   <field${type}>${name}</field>`
  return [
    ' <atominfo>',
    `  <atoms>${integer(atoms.length, 8)} </atoms>`,
    `  <types>${integer(types.length, 8)} </types>`,
    '  <array name="atoms" >',
    '   <dimension dim="1">ion</dimension>',
    field('element', ' type="string"'),
    field('atomtype', ' type="int"'),
    '   <set>',
    ...atoms,
    '   </set>',
    '  </array>',
    '  <array name="atomtypes" >',
    '   <dimension dim="1">type</dimension>',
    field('atomspertype', ' type="int"'),
    field('element', ' type="string"'),
    field('mass'),
    field('valence'),
    field('pseudopotential', ' type="string"'),
    '   <set>',
    ...types,
    '   </set>',
    '  </array>',
    ' </atominfo>',
  ].join('\n')
}
