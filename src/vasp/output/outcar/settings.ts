import { lineText, type OnMarker, type RowReader, type Section } from './line.ts'

export type SettingValue = number | boolean | string

/** INCAR tags with the values VASP says it used. */
export type Settings = Readonly<Record<string, SettingValue>>

// Lines of the long list that VASP prints after reading its input; each may hold several tags (`NELM = 60; NELMIN= 2`).
const leadingTags = [
  'NWRITE', 'PREC', 'ISTART', 'ICHARG', 'ISPIN', 'LNONCOLLINEAR', 'LSORBIT', 'LASPH', 'METAGGA', 'ENCUT', 'ENAUG', 'NELM', 'EDIFF',
  'LREAL', 'LMAXMIX', 'EDIFFG', 'NSW', 'IBRION', 'NFREE', 'ISIF', 'ISYM', 'POTIM', 'TEBEG', 'SMASS', 'PSTRESS', 'NELECT', 'NUPDOWN',
  'ISMEAR', 'IALGO', 'IMIX', 'AMIX', 'AMIX_MAG', 'AMIN', 'LWAVE', 'LCHARG', 'LVTOT', 'LVHAR', 'LELF', 'LORBIT', 'LMONO', 'LDIPOL', 'IDIPOL',
  'GGA', 'LHFCALC', 'AEXX', 'HFSCREEN', 'LEPSILON', 'LRPA',
]

const longestSettingLine = 200
// MAGMOM of a large non-collinear cell.
const longestIncarLine = 1 << 16

/** The settings in use and, since 6.2, the INCAR itself. */
export function settingsSection(): Section & { result(): { settings: Settings; incar: Settings } } {
  const settings: Record<string, SettingValue> = {}
  const incar: Record<string, SettingValue> = {}

  const onSetting: OnMarker = (line) => {
    for (const [, tag, value] of lineText(line, longestSettingLine).matchAll(/([A-Z][A-Z0-9_]*)\s*=\s*([^\s;]+)/g)) {
      if (!value!.startsWith('*')) settings[tag!] ??= settingValue(value!)
    }
  }

  // Consumed here as a whole, because the tags have the same names as in the list that follows.
  function incarRows(): RowReader {
    return (line) => {
      const found = /^([A-Za-z]\w*)\s*=\s*(.*)$/.exec(lineText(line, longestIncarLine))
      if (found === null || line.first - line.start < 2) return false
      incar[found[1]!.toUpperCase()] = found[2]!.trim()
      return true
    }
  }

  return {
    result: () => ({ settings, incar }),
    markers: { ...Object.fromEntries(leadingTags.flatMap((tag) => [[`${tag} `, onSetting], [`${tag}=`, onSetting]])), 'INCAR:': incarRows },
  }
}

/** `T` and `F` are Fortran's truth values; numbers may come without the zero (`-.1E-01`). */
function settingValue(text: string): SettingValue {
  if (text === 'T' || text === 'F') return text === 'T'
  const value = Number(text.replace(/[dD]([+-]?\d+)$/, 'e$1'))
  return Number.isFinite(value) ? value : text
}
