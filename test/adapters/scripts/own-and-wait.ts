import { ownProject } from '../../../src/adapters/ownership/own-project.ts'

await ownProject(process.argv[2] ?? '')
console.log('owned')
setInterval(() => undefined, 1_000)
