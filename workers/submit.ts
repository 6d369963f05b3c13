import { runWorker } from '../src/cli/run-worker.ts'

/** `DATABASE_URL=… [REDIS_URL=…] npx tsx workers/submit.ts` in a project folder, on any machine that reaches the sites. */
process.exitCode = await runWorker('submit')
