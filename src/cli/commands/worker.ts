import { engineStages } from '../../app/engine/start-engine.ts'
import type { CommandDefinition } from '../command.ts'
import { oneOf } from '../option-values.ts'
import { runWorker } from '../run-worker.ts'

export const workerCommand: CommandDefinition = {
  name: 'worker',
  summary: 'do one kind of the engine’s work until it is stopped; needs DATABASE_URL, on any machine',
  arguments: [{ name: '<kind>', description: engineStages.join(', ') }],
  examples: ['DATABASE_URL=postgres://… REDIS_URL=redis://… dopant worker submit', 'DATABASE_URL=postgres://… dopant worker collect'],
  run: ([kind = ''], _, io) => runWorker(oneOf('worker', kind, engineStages), io),
}
