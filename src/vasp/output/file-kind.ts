/** Every kind of file that can be read. Names are VASP's own. */
export const fileKinds = [
  'OUTCAR',
  'OSZICAR',
  'vasprun.xml',
  'stdout',
  'POSCAR',
  'CONTCAR',
  'XDATCAR',
  'CHGCAR',
  'CHG',
  'AECCAR',
  'PARCHG',
  'LOCPOT',
  'ACF.dat',
  'BCF.dat',
  'AVF.dat',
  'INCAR',
  'KPOINTS',
  'POTCAR',
] as const

export type FileKind = (typeof fileKinds)[number]

/** Bytes of the beginning that are enough to tell. */
export const headBytes = 1 << 16

/**
 * The kind of a file: by its content first, by its name second.
 *
 * POSCAR and CONTCAR, and the five kinds of grids, hold the same text: there the name decides between them.
 *
 * @param head the first `headBytes` bytes as latin-1
 */
export function recognizeKind(head: string, name: string): FileKind | undefined {
  const byContent = kindOfContent(head)
  const byName = kindOfName(name)
  const family = families.find((kinds) => byContent !== undefined && kinds.includes(byContent))
  if (family !== undefined && byName !== undefined && family.includes(byName)) return byName
  return byContent ?? byName
}

const families: readonly (readonly FileKind[])[] = [
  ['POSCAR', 'CONTCAR'],
  ['CHGCAR', 'CHG', 'AECCAR', 'PARCHG', 'LOCPOT'],
]

export function kindOfContent(head: string): FileKind | undefined {
  const lines = head.split(/\r\n|\r|\n/)
  return marks.find(({ fits }) => fits(head, lines))?.kind
}

/** `OUTCAR.relax1.gz`, `vasprun.relax2.xml`, `CHGCAR_sum`: the kind's name anywhere in the file's name. */
export function kindOfName(name: string): FileKind | undefined {
  const plain = name.replace(/^.*[\\/]/, '').toLowerCase()
  return nameMarks.find(([pattern]) => pattern.test(plain))?.[1]
}

const nameMarks: readonly (readonly [RegExp, FileKind])[] = [
  [/vasprun/, 'vasprun.xml'],
  [/outcar/, 'OUTCAR'],
  [/oszicar/, 'OSZICAR'],
  [/xdatcar/, 'XDATCAR'],
  [/contcar/, 'CONTCAR'],
  [/poscar|\.vasp\b/, 'POSCAR'],
  [/aeccar/, 'AECCAR'],
  [/parchg/, 'PARCHG'],
  [/locpot/, 'LOCPOT'],
  [/chgcar/, 'CHGCAR'],
  [/\bchg\b/, 'CHG'],
  [/\bacf\b/, 'ACF.dat'],
  [/\bbcf\b/, 'BCF.dat'],
  [/\bavf\b/, 'AVF.dat'],
  [/incar/, 'INCAR'],
  [/kpoints|ibzkpt/, 'KPOINTS'],
  [/potcar/, 'POTCAR'],
  [/vasp.*\.(out|log)|std_?(out|err)|slurm-|\.o\d+$/, 'stdout'],
]

interface Mark {
  readonly kind: FileKind
  readonly fits: (head: string, lines: readonly string[]) => boolean
}

// From the most to the least telling: a POSCAR fits almost anything with five numbers in the right place.
const marks: readonly Mark[] = [
  { kind: 'vasprun.xml', fits: (head) => /^\s*(<\?xml[^>]*>\s*)?<modeling>/.test(head) },
  {
    kind: 'ACF.dat',
    fits: (_, lines) =>
      /^\s*#\s+X\s+Y\s+Z\b.*(CHARGE|BADER)/i.test(heading(lines)) && !/ATOM\s+DIST/i.test(heading(lines)),
  },
  { kind: 'BCF.dat', fits: (_, lines) => /^\s*#\s+X\s+Y\s+Z\s+CHARGE\s+ATOM\s+DIST/i.test(heading(lines)) },
  { kind: 'AVF.dat', fits: (_, lines) => /^\s*#?\s*Atom\s+.*Volume\(?s?\)?\s*$/i.test(heading(lines)) },
  {
    kind: 'OUTCAR',
    fits: (head, lines) =>
      (/^\s*vasp\.\d/.test(heading(lines)) && !/^ *(entering main loop|POSCAR found)/m.test(head)) ||
      lines.some((line) =>
        /^ INCAR:\s*$|^ {3}POTCAR: |^ *FREE ENERGIE OF THE ION-ELECTRON|^ {3}ISPIN +=.*spin polarized calculation\?/.test(
          line,
        ),
      ),
  },
  {
    kind: 'stdout',
    fits: (head) =>
      /^ *(running on +\d+|vasp\.\d.*|running +\d+ mpi-ranks|distrk:|distr: +one band|POSCAR found|entering main loop)/m.test(
        head,
      ),
  },
  {
    kind: 'OSZICAR',
    fits: (_, lines) =>
      /^\s*N\s+E\s+dE\s+d eps/.test(heading(lines)) ||
      /^(DAV|RMM|CG|SDA|CGA|DMP): +\d+ /.test(heading(lines)),
  },
  { kind: 'stdout', fits: (head) => /^ *\| {3}.*\| *$/m.test(head) && /(EEEEE|W {2,}W|-{60})/.test(head) },
  { kind: 'POTCAR', fits: (head) => /^\s*VRHFIN\s*=/m.test(head) },
  {
    kind: 'XDATCAR',
    fits: (_, lines) =>
      isCell(lines) && lines.slice(5, 40).some((line) => /^\s*(Direct|Konfig)[^=]*=/i.test(line)),
  },
  { kind: 'CHGCAR', fits: (_, lines) => isCell(lines) && hasGridDimensions(lines) },
  {
    kind: 'POSCAR',
    fits: (_, lines) =>
      isCell(lines) && [5, 6].some((index) => /^\s*\d+(\s+\d+)*\s*(!.*)?$/.test(lines[index] ?? '')),
  },
  {
    kind: 'KPOINTS',
    fits: (_, lines) =>
      /^\s*\d+(\s|$)/.test(lines[1] ?? '') &&
      /^\s*[gmalrck]/i.test(lines[2] ?? '') &&
      (lines[3] ?? '').trim() !== '',
  },
  {
    kind: 'INCAR',
    fits: (_, lines) =>
      lines.filter((line) => /^\s*[A-Za-z][A-Za-z0-9_/]*\s*=\s*\S/.test(line)).length >
      lines.filter((line) => /\S/.test(line) && !/^\s*[#!]/.test(line)).length / 2,
  },
]

function heading(lines: readonly string[]): string {
  return lines.find((line) => line.trim() !== '') ?? ''
}

/** One or three scale factors and three lattice vectors, as in POSCAR and all that begins like it. */
function isCell(lines: readonly string[]): boolean {
  return numberCount(lines[1]) >= 1 && [2, 3, 4].every((index) => numberCount(lines[index]) >= 3)
}

/** How many numbers a line begins with. */
function numberCount(line: string | undefined): number {
  const words = (line ?? '').trim().split(/\s+/)
  const end = words.findIndex((word) => !/^[-+]?(\d+\.?\d*|\.\d+)([EeDd][-+]?\d+)?$/.test(word))
  return end < 0 ? words.length : end
}

// The head may end before the grid of a very large cell begins; then the name decides between POSCAR and CHGCAR.
function hasGridDimensions(lines: readonly string[]): boolean {
  return lines.some(
    (line, index) =>
      index > 7 &&
      /^\s*\d+\s+\d+\s+\d+\s*$/.test(line) &&
      (lines[index - 1] ?? '').trim() === '' &&
      numberCount(lines[index + 1]) >= 1,
  )
}
