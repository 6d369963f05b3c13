import { relative } from 'node:path'
import type { EventRecord } from '../../ports/store.ts'
import type { ResultTable, TableRow } from '../../tables/result-table.ts'
import type { ScreenRun } from '../results/screen-runs.ts'

/** Where every number came from: one row a calculation. */
export function provenanceTable(runs: readonly ScreenRun[], projectFolder: string): ResultTable {
  return {
    name: 'provenance',
    title: 'Calculations',
    columns: [
      { key: 'calculation', label: 'Calculation', description: 'Identifier in the project' },
      { key: 'state', label: 'State', description: 'Where it stands' },
      { key: 'method', label: 'Method', description: 'dft, or rehearsal for the stand-in' },
      { key: 'functional', label: 'Functional', description: 'Of the plan' },
      { key: 'vaspVersion', label: 'VASP', description: 'As the OUTCAR names it' },
      { key: 'kMesh', label: 'k-mesh', description: 'Γ-centred' },
      { key: 'electronCount', label: 'Electrons', digits: 0, description: 'Of the plan' },
      { key: 'ionicSteps', label: 'Ionic steps', digits: 0, description: 'Of the last attempt' },
      { key: 'elapsedSeconds', label: 'Time', unit: 's', digits: 0, description: 'As VASP printed it' },
      { key: 'attempt', label: 'Attempt', digits: 0, description: 'The attempt that the numbers are from' },
      { key: 'site', label: 'Site', description: 'Where it ran' },
      { key: 'job', label: 'Job', description: 'Number of the batch system' },
      { key: 'folder', label: 'Folder', description: 'On the site; below the project where it is local' },
      { key: 'readAt', label: 'Read', description: 'When the result was read (UTC)' },
    ],
    rows: runs.map((run) => row(run, projectFolder)),
    notes: [],
  }
}

function row({ calculation, result, collectedAt }: ScreenRun, projectFolder: string): TableRow {
  const { id, state, plan, attempt, site, nativeId, remoteFolder } = calculation
  return {
    calculation: id,
    state,
    method: result?.method ?? null,
    functional: plan.functional,
    vaspVersion: result?.vaspVersion ?? null,
    kMesh: plan.kMesh.includes(0) ? null : plan.kMesh.join(' × '),
    electronCount: plan.electronCount,
    ionicSteps: result?.ionicStepCount ?? null,
    elapsedSeconds: result?.elapsedSeconds ?? null,
    attempt,
    site,
    job: nativeId,
    folder: remoteFolder === null ? null : shortPath(remoteFolder, projectFolder),
    readAt: collectedAt?.slice(0, 19).replace('T', ' ') ?? null,
  }
}

/** Nothing above the project's folder is anyone's business. */
function shortPath(folder: string, projectFolder: string): string {
  const path = relative(projectFolder, folder)
  return path.startsWith('..') ? folder : path
}

/** Every time that a calculation was sent back for another attempt, with the reason; in order. */
export function correctionLines(events: readonly EventRecord[], runs: readonly ScreenRun[]): readonly string[] {
  const ids = new Set(runs.map(({ calculation }) => calculation.id))
  return events
    .filter(({ calculationId, to, from }) => ids.has(calculationId) && to === 'ready' && from !== null && from !== 'planned' && from !== 'blocked')
    .map(({ calculationId, attempt, reason }) => `${calculationId}, after attempt ${attempt}: ${reason}`)
}
