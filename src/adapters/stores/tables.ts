import type { ColumnType, Generated, Kysely } from 'kysely'
import type { CalculationState } from '../../workflow/calculation-state.ts'

/** Name of the store's schema in the database; every statement writes it, none relies on a search path. */
export const storeSchema = 'dopant'

/** Written as JSON text, read as a value. `json` and not `jsonb`: the order of keys stays as it was written. */
type Json = ColumnType<unknown, string, string>
type Time = ColumnType<Date, Date | undefined, Date>

export interface Tables {
  'dopant.meta': { key: string; value: string }
  'dopant.screen': { name: string; source: string; text: string; candidates: Json; created_at: Time }
  'dopant.calculation': {
    id: string
    ordinal: Generated<string>
    screen_name: string
    candidate_id: string
    step: string
    depends_on: Json
    site: string
    plan: Json
    state: CalculationState
    revision: number
    attempt: number
    token: string | null
    native_id: string | null
    remote_folder: string | null
    failure: Json | null
    updated_at: Time
  }
  'dopant.event': {
    sequence: Generated<string>
    calculation_id: string
    from_state: CalculationState | null
    to_state: CalculationState
    at: Time
    actor: string
    reason: string
    attempt: number
  }
  'dopant.attempt': {
    calculation_id: string
    attempt: number
    site: string
    remote_folder: string | null
    native_id: string | null
    staged_at: Time
    started_at: Time | null
    ended_at: Time | null
    cores: number | null
    core_hours: number | null
    resources: Json | null
    exit_code: number | null
    exit_cause: string | null
    corrections: Json
    diagnoses: Json
    decision: Json | null
    input_sha256: Json | null
  }
  'dopant.progress': { calculation_id: string; attempt: number; progress: Json; at: Time }
  'dopant.series_correction': { screen_name: string; name: string; correction: Json; accepted_at: Time }
  'dopant.result': { calculation_id: string; attempt: number; result: Json; created_at: Time }
}

export type StoreDatabase = Kysely<Tables>
