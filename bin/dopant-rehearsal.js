#!/usr/bin/env node
// In a checkout the sources are run as they are; an installed package has only what was built.
import { existsSync } from 'node:fs'

const source = new URL('../src/rehearsal/main.ts', import.meta.url)
const built = new URL('../dist/src/rehearsal/main.js', import.meta.url)

if (existsSync(source)) {
  const { register } = await import('tsx/esm/api')
  register()
}
const { main } = await import((existsSync(source) ? source : built).href)
await main()
