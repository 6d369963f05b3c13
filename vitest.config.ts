import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './test/closing-line-reporter.ts'
import { LongOnesFirst } from './test/long-ones-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/prepared-database.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The last lines name what needed it.
    retry: 1,
    // Many of them wait for real servers: one more than the cores of a small machine.
    maxWorkers: 3,
    sequence: { sequencer: LongOnesFirst },
    reporters: ['default', new ClosingLineReporter()],
  },
})
