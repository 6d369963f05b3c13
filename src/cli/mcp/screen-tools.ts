import { z } from 'zod'
import { screenNamed } from '../../app/results/screen-results.ts'
import { whyWaiting } from '../../app/screens/why-waiting.ts'
import { sitesOf } from '../../compose.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import { tableData } from '../../tables/json.ts'
import { calculationStates } from '../../workflow/calculation-state.ts'
import { UnknownTableError } from '../../workflow/tables/result-tables.ts'
import { tablesOf } from '../print-results.ts'
import { mcpTool, pageInput, pageOf, type McpTool } from './mcp-tool.ts'

const screenInput = z.string().min(1).max(200).describe('name of a screen, from list_screens')

const listScreens = mcpTool({
  name: 'list_screens',
  title: 'Screens',
  description: 'All dopant screens of the project, with how many calculations of each are in which state.',
  isReadOnly: true,
  input: z.object(pageInput),
  answer: async (page, { withStore }) =>
    withStore(async (store) => {
      const screens = await store.screens()
      const all = await store.summaries()
      return pageOf(
        screens.map(({ name, createdAt, candidates }) => ({ name, createdAt, candidates: candidates.length, states: stateCounts(all.filter(({ screenName }) => screenName === name)) })),
        page,
      )
    }),
})

const screenStatus = mcpTool({
  name: 'screen_status',
  title: 'State of a screen',
  description: 'Calculations of one screen with state, site, attempt and failure, and why ready ones are not submitted.',
  isReadOnly: true,
  input: z.object({ screen: screenInput, states: z.array(z.enum(calculationStates)).max(calculationStates.length).optional().describe('only these states'), ...pageInput }),
  answer: async ({ screen, states, ...page }, { withStore, workspace }) =>
    withStore(async (store) => {
      await screenNamed(store, screen)
      const all = await store.summaries({ screenName: screen })
      const asked = states === undefined ? all : all.filter(({ state }) => states.includes(state))
      const waiting = (await whyWaiting(store, sitesOf(workspace), screen)).map(({ text }) => text)
      return { screen, states: stateCounts(all), waiting, ...pageOf(asked.map(shortCalculation), page) }
    }),
})

const results = mcpTool({
  name: 'results',
  title: 'Table of results',
  description:
    'One table of a screen with units, as far as calculations are done: bonds, charges, energies, formation, references, oxygen-pairs, delithiation, moments, levels or starts. ' +
    'Values whose method is rehearsal come from a stand-in for VASP and are no results.',
  isReadOnly: true,
  input: z.object({ screen: screenInput, table: z.string().max(40).describe('name of the table'), ...pageInput }),
  answer: async ({ screen, table, ...page }, { withStore, workspace }) =>
    withStore(async (store) => {
      const [made] = await tablesOf(store, { screenName: screen, tables: [table] }, workspace)
      if (made === undefined) throw new UnknownTableError(table)
      const { rows, missing, ...rest } = tableData(made)
      const part = pageOf(rows, page)
      const inPart = missing.filter(({ row }) => row >= page.offset && row < page.offset + part.entries.length)
      return { screen, ...rest, ...part, missing: inPart }
    }),
})

export const screenTools: readonly McpTool[] = [listScreens, screenStatus, results]

function stateCounts(calculations: readonly CalculationSummary[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { state } of calculations) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

function shortCalculation({ id, state, site, attempt, nativeId, failure, updatedAt }: CalculationSummary) {
  return { id, state, site, attempt, job: nativeId, updatedAt, ...(failure !== null && { failure }) }
}
