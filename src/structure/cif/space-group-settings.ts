import type { CellParameters } from '../lattice.ts'
import { readOperation, type SymmetryOperation } from '../symmetry.ts'
import { symmetryEngine } from '../symmetry-engine.ts'

/** One of the 530 tabulated settings of the 230 space groups. */
export interface SpaceGroupSetting {
  readonly hallNumber: number
  readonly number: number
  /** `b1`, `2`, `H`, `cab` …: cell choice, origin or permutation of the axes. */
  readonly setting: string
  readonly hallSymbol: string
  readonly shortName: string
  readonly fullName: string
}

/** All settings, in order of their Hall number. */
export function spaceGroupSettings(): readonly SpaceGroupSetting[] {
  settings ??= Array.from({ length: 530 }, (_, index) => {
    const entry = symmetryEngine().hall_symbol_entry(index + 1)
    return {
      hallNumber: entry.hall_number,
      number: entry.number,
      setting: entry.setting,
      hallSymbol: entry.hall_symbol,
      shortName: entry.hm_short,
      fullName: entry.hm_full,
    }
  })
  return settings
}

let settings: readonly SpaceGroupSetting[] | undefined

/** All operations of a setting, centring translations included. */
export function operationsOfSetting(setting: SpaceGroupSetting): readonly SymmetryOperation[] {
  const wanted = { type: 'HallNumber', value: setting.hallNumber } as const
  return symmetryEngine().operations_from_number(setting.number, wanted, false).map(readOperation)
}

/** The setting with this Hall symbol, case aside; blanks count, for `P 3 2` and `P 32` are two groups. */
export function settingOfHallSymbol(symbol: string): SpaceGroupSetting | undefined {
  const key = (text: string) => text.replace(/[\s_]+/g, ' ').trim().toLowerCase()
  const wanted = key(symbol)
  return spaceGroupSettings().find((setting) => key(setting.hallSymbol) === wanted)
}

/**
 * Settings that a Hermann–Mauguin name may mean, likeliest first.
 *
 * Understands full and short names, old ones (`F d 3 m`, `A b a 2`), names without blanks, and endings for origin or
 * axes: `:1`, `:2`, `S`, `Z`, `:H`, `:R`.
 */
export function settingsOfName(name: string): readonly SpaceGroupSetting[] {
  const { core, code } = splitEnding(name)
  const named = matching(core)
  const found = named.length > 0 ? named : matching(core.replace(/^([pfi][^-]*?[^-1-9])3/, '$1-3'))
  return code === undefined ? inOrder(found) : found.filter((setting) => setting.setting.startsWith(code))
}

export function settingsOfNumber(number: number): readonly SpaceGroupSetting[] {
  return inOrder(spaceGroupSettings().filter((setting) => setting.number === number))
}

/** Can a cell of these dimensions have this setting? Only what the axes demand is looked at. */
export function fitsCell(setting: SpaceGroupSetting, cell: CellParameters): boolean {
  const { aAngstrom: a, bAngstrom: b, cAngstrom: c } = cell
  const right = (angle: number) => Math.abs(angle - 90) < 0.6
  const [alpha, beta, gamma] = [right(cell.alphaDegrees), right(cell.betaDegrees), right(cell.gammaDegrees)]
  const hexagonal = alpha && beta && Math.abs(cell.gammaDegrees - 120) < 0.6 && near(a, b)
  if (setting.number <= 2) return true
  if (setting.number <= 15) {
    const axis = setting.setting.replace('-', '').charAt(0)
    return axis === 'b' ? alpha && gamma : axis === 'c' ? alpha && beta : beta && gamma
  }
  if (setting.number <= 74) return alpha && beta && gamma
  if (setting.number <= 142) return alpha && beta && gamma && near(a, b)
  if (setting.setting === 'R') return near(a, b) && near(b, c) && !hexagonal
  if (setting.number <= 194) return hexagonal
  return alpha && beta && gamma && near(a, b) && near(b, c)
}

function splitEnding(name: string): { core: string; code: string | undefined } {
  const text = name.trim().replace(/_/g, '').toLowerCase()
  const ending = /[\s:(]+(?:origin\s*(?:choice)?\s*)?([12hrsz]{1,2})\)?$/.exec(text)
  const code = ending?.[1]
  const isCode = code !== undefined && (/[:]/.test(ending?.[0] ?? '') || /[hrsz]/.test(code))
  if (!isCode) return { core: plain(text), code: undefined }
  const known: Record<string, string> = { s: '1', z: '2', h: 'H', r: 'R', hs: 'H', rs: 'R', hr: 'H' }
  return { core: plain(text.slice(0, ending?.index)), code: known[code] ?? code }
}

// `e` stands for two glide planes at once and has replaced one of a, b, c in five groups since 1992.
function matching(core: string): readonly SpaceGroupSetting[] {
  const exact = spaceGroupSettings().filter((setting) => namesOf(setting).includes(core))
  if (exact.length > 0) return exact
  return spaceGroupSettings().filter((setting) =>
    namesOf(setting).some((name) => name.includes('e') && new RegExp(`^${name.replaceAll('e', '[abc]')}$`).test(core)),
  )
}

function namesOf(setting: SpaceGroupSetting): readonly string[] {
  const full = plain(setting.fullName)
  const short = plain(setting.shortName)
  const monoclinic = setting.number >= 3 && setting.number <= 15
  const dropped = plain(setting.fullName.replace(/ 1(?= |$)/g, ''))
  return monoclinic ? [full, dropped, ...(/^-?[abc]1$/.test(setting.setting) ? [short] : [])] : [full, short]
}

// Origin at a centre of symmetry first: it is what the Tables and most programs mean when they do not say.
function inOrder(found: readonly SpaceGroupSetting[]): readonly SpaceGroupSetting[] {
  const rank = (setting: SpaceGroupSetting) => (setting.setting.startsWith('1') ? 1 : 0)
  return [...found].sort((x, y) => rank(x) - rank(y))
}

function plain(text: string): string {
  return text.replace(/[\s_]/g, '').toLowerCase()
}

function near(x: number, y: number): boolean {
  return Math.abs(x - y) < 0.01 * Math.max(x, y)
}
