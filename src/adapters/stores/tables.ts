import type { ColumnType, Generated, Kysely } from 'kysely'
import type { CalculationState } from '../../workflow/calculation-state.ts'

/** Name of the store's schema in the database; every statement writes it, none relies on a search path. */
export const storeSchema = 'dopant'

/** Written as JSON text, read as a value. `json` and not `jsonb`: the order of keys stays as it was written. */
type Json = ColumnType<unknown, string, string>
type Time = ColumnType<Date, Date | undefined, Date>
/** bigint: text from a server, a number from the embedded engine. */
type Count = ColumnType<string | number, number, number>

export interface Tables {
  'dopant.meta': { key: string; value: string }
  'dopant.screen': {
    name: string
    source: string
    text: string
    candidates: Json
    created_at: Time
    budget_core_hours: number | null
    options: ColumnType<unknown, string | undefined, string>
  }
  'dopant.screen_revision': {
    screen_name: string
    revision: number
    text: string
    candidates: Json
    calculation_ids: Json
    at: Time
  }
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
    obsolete_since: Time | null
    priority: Generated<number>
    sites: ColumnType<unknown, string | undefined, string>
    content_key: string | null
    reused_from: string | null
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
    outputs: Json | null
    origin: Json | null
    adopted: Json | null
  }
  'dopant.trouble': { task: string; count: number; message: string; at: Time }
  'dopant.progress': { calculation_id: string; attempt: number; progress: Json; at: Time }
  'dopant.series_correction': {
    screen_name: string
    step: string
    name: string
    correction: Json
    accepted_at: Time
  }
  'dopant.site_traffic': {
    site: string
    hour: Time
    connections: Count
    status_calls: Count
    accounting_calls: Count
    other_commands: Count
    files_sent: Count
    bytes_sent: Count
    files_received: Count
    bytes_received: Count
  }
  'dopant.site_watch': {
    site: string
    seen_at: Time
    other_jobs: number
    full_reason: string | null
    full_since: Time | null
    full_jobs: number | null
  }
  'dopant.site_hold': { site: string; setting: string; reason: string; settings: string; since: Time }
  'dopant.job_notice': { calculation_id: string; reason: string; never_runs: string | null }
  'dopant.result': { calculation_id: string; attempt: number; result: Json; created_at: Time }
}

export type StoreDatabase = Kysely<Tables>
