import { serveOwner } from '../../../src/adapters/ownership/serve-owner.ts'

await serveOwner(process.argv[2] ?? '', { pid: async () => process.pid })
console.log('serving')
setInterval(() => undefined, 1_000)
