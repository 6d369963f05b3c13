import { z } from 'zod'

/** Values that several parts of the screen file share. */
export const element = z.string().regex(/^[A-Z][a-z]?$/, 'an element symbol such as Mn')
export const positive = z.number().positive()
export const wholePositive = z.int().min(1)
export const oxidationStates = z.record(element, z.number())
