import { fortranNumber } from '../fortran-row.ts'
import type { TagValue } from './vasprun-file.ts'
import { attribute } from './tag-scanner.ts'

/** The value of `<i type="…">` or `<v type="…">`: a list when `isList`. `****` becomes NaN. */
export function tagValue(attributes: string, text: string, isList: boolean): TagValue {
  const type = attribute(attributes, 'type')
  if (type === 'string') return text.trim()
  const words = text.trim() === '' ? [] : text.trim().split(/\s+/)
  const values = words.map((word) => (type === 'logical' ? /^\.?t/i.test(word) : fortranNumber(word)))
  return isList ? values : (values[0] ?? '')
}

export function numberTag(value: TagValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
