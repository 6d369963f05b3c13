import { relative, resolve } from 'node:path'
import { lintFolders } from '../../app/lint/lint-folders.ts'
import { explainLayout, isLayoutTag } from '../../app/plan/explain-layout.ts'
import { explainTag } from '../../app/plan/explain-tag.ts'
import { planScreen } from '../../app/plan/plan-screen.ts'
import { launchWarnings } from '../../app/plan/launch-note.ts'
import { unlikeSites } from '../../app/plan/site-versions.ts'
import { writePlan } from '../../app/plan/write-plan.ts'
import { loadSymmetryEngine, sitesOf, templatesOf } from '../../compose.ts'
import type { Candidate } from '../../workflow/candidate.ts'
import { diskEstimate } from '../../workflow/disk/disk-estimate.ts'
import { diskWords } from '../../workflow/disk/disk-words.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition } from '../command.ts'
import { textOption } from '../option-values.ts'
import { growthWords } from '../growth-words.ts'
import { findingsText } from '../print-findings.ts'
import { differenceForMachines, differenceFromStore } from '../plan-standing.ts'
import { originsText } from '../print-origins.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const planCommand: CommandDefinition = {
  name: 'plan',
  summary: 'show or write every calculation of a screen, without running it',
  arguments: [{ name: '<screen>', description: 'screen file (YAML)' }],
  options: [
    { flags: '--json', description: 'candidates and calculations as one JSON object' },
    { flags: '--write <folder>', description: 'write all input folders, complete but for POTCAR' },
    { flags: '--explain <tag>', description: 'say where the value of an INCAR tag comes from, instead of the plan' },
    { flags: '--site <name>', description: 'instead of the site that the screen names' },
    projectOption,
  ],
  examples: ['dopant plan screen.yaml', 'dopant plan screen.yaml --write inputs', 'dopant plan screen.yaml --explain ENCUT'],
  run: async ([file = ''], options, io) => {
    loadSymmetryEngine()
    const screenFile = resolve(io.cwd, file)
    const planned = await planScreen(screenFile, textOption(options['site']))
    const sites = sitesOf(workspaceOptions(options, io, screenFile))
    const unlike = unlikeSites(planned.plan, sites)
    const fixed = launchWarnings((planned.plan.sites ?? [planned.plan.site]).flatMap((name) => sites.get(name) ?? []))
    const plan = { ...planned.plan, notes: [...planned.plan.notes, ...(unlike === undefined ? [] : [unlike]), ...fixed] }
    const tag = textOption(options['explain'])
    if (tag !== undefined) {
      const templates = templatesOf(workspaceOptions(options, io, screenFile).projectFolder)
      const site = sites.get(plan.site)
      const name = tag.trim().toUpperCase()
      const isFromRanks = site !== undefined && isLayoutTag(name)
      const origins = isFromRanks ? explainLayout(plan, site, name) : await explainTag(planned, templates, tag)
      io.stdout.write(options['json'] === true ? `${JSON.stringify(origins)}\n` : originsText(tag, origins))
      return 0
    }
    const site = sites.get(plan.site)
    const disk = diskEstimate(plan.calculations, site?.maxJobs ?? 1)
    const quotaGib = site?.quotaGib
    const difference = await differenceFromStore(plan, workspaceOptions(options, io, screenFile))
    if (options['json'] === true) {
      const standing = difference === undefined ? {} : { difference: differenceForMachines(difference) }
      io.stdout.write(`${JSON.stringify({ ...forMachines(plan), disk: { ...disk, ...(quotaGib === undefined ? {} : { quotaGib }) }, ...standing }, null, 1)}\n`)
    } else {
      const standing = difference === undefined ? '' : `\nRun now, compared with what the project has:\n${growthWords(plan.screenName, difference)}`
      io.stdout.write(`${forPeople(plan)}${diskWords(disk, quotaGib)}\n${standing}`)
    }
    const folder = textOption(options['write'])
    if (folder !== undefined) {
      const { projectFolder } = workspaceOptions(options, io, screenFile)
      const written = await writePlan(plan, resolve(io.cwd, folder), templatesOf(projectFolder))
      io.stderr.write(`${written.length} input folders below ${resolve(io.cwd, folder)}\n`)
      const findings = await lintFolders(written)
      if (findings.some((each) => each.findings.length > 0)) io.stderr.write(findingsText(findings, (path) => relative(io.cwd, path)))
    }
    return 0
  },
}

/** Without the atoms: those are in the input folders. `depth` in Å is the short name of `depthAngstrom`. */
function forMachines(plan: Plan): object {
  const candidates = plan.candidates.map((candidate) => ({ ...candidate, depth: candidate.depthAngstrom }))
  return { ...plan, candidates, calculations: plan.calculations.map(({ start, ...rest }) => ({ ...rest, start: startWords(start) })) }
}

function startWords(start: PlannedCalculation['start']): object {
  return start.kind === 'relaxed' ? start : start.kind === 'structure' ? { kind: 'structure' } : { kind: start.kind, from: start.from }
}

function forPeople(plan: Plan): string {
  const members = alignedText(
    ['candidate', 'site', 'depth/Å', 'formula', 'atoms', 'balance/e', 'electrons', 'faces', 'compensation'],
    plan.candidates.map((candidate) => memberRow(candidate, plan)),
  )
  const steps = alignedText(
    ['calculation', 'functional', 'mesh', 'waits for'],
    plan.calculations.map((each) => [each.id, each.functional, each.kMesh.join('×'), each.dependsOn.join(', ')]),
  )
  const notes = [...plan.notes, ...warningsOf(plan)].map((note) => `- ${note}`)
  return `${plan.title}\n\n${members}\n${steps}\n${notes.join('\n')}\n`
}

function memberRow(candidate: Candidate, plan: Plan): readonly string[] {
  const electrons = plan.calculations.find((each) => each.candidateId === candidate.id)?.electronCount ?? 0
  const { site, delithiation } = candidate
  const removed = delithiation === null ? [] : [`−${delithiation.removedCount} Li, x = ${delithiation.remainingPerFormulaUnit.toFixed(2)}`]
  const place = site === null ? [] : [[site.element, site.wyckoff, site.layer, site.place].filter((word) => word !== null).join(' ')]
  return [
    candidate.id,
    [...place, ...removed].join(', '),
    candidate.depthAngstrom?.toFixed(2) ?? '',
    candidate.formula,
    String(candidate.atomCount),
    signed(candidate.formalChargeBalance),
    `${electrons} ${candidate.electronParity}`,
    candidate.faces,
    candidate.compensation,
  ]
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace('-', '−')
}

function warningsOf(plan: Plan): readonly string[] {
  const ofMembers = plan.candidates.flatMap(({ id, warnings }) => warnings.map((text) => `${id}: ${text}`))
  const ofSteps = plan.calculations.flatMap((each) => each.notes.map((note) => ({ note, step: each.step })))
  const grouped = new Map<string, Set<string>>()
  for (const { note, step } of ofSteps) grouped.set(note, (grouped.get(note) ?? new Set()).add(step))
  return [...ofMembers, ...[...grouped].map(([note, steps]) => `${[...steps].join(', ')}: ${note}`)]
}
