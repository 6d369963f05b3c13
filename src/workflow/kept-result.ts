import { notRecorded } from './partition-origin.ts'
import type { BaderCharges, StepResult } from './step-result.ts'

/** What earlier versions of dopant did not keep: it is filled in as unknown, never guessed. */
type Since = 'geometryFrom' | 'settings' | 'diagnoses' | 'flags'
type EarlierCharges = Omit<BaderCharges, 'partition'> & Partial<Pick<BaderCharges, 'partition'>>
type EarlierResult = Omit<StepResult, Since | 'bader'> & Partial<Pick<StepResult, Since>> & { readonly bader?: EarlierCharges | null }

/**
 * A result as the store keeps it, also one that an earlier version wrote.
 *
 * @param record of the store; its result is JSON
 */
export function keptResult(record: { readonly result: unknown }): StepResult
export function keptResult(record: { readonly result: unknown } | undefined): StepResult | undefined
export function keptResult(record: { readonly result: unknown } | undefined): StepResult | undefined {
  if (record?.result == null) return undefined
  const kept = record.result as EarlierResult
  const { geometryFrom = 'CONTCAR', settings = null, diagnoses = [], flags = [], bader } = kept
  return { ...kept, geometryFrom, settings, diagnoses, flags, bader: bader == null ? null : { ...bader, partition: bader.partition ?? notRecorded } }
}
