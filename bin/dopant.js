#!/usr/bin/env node
import { startEntry } from './start-entry.js'

const { main } = await startEntry('cli/main')
process.exitCode = await main(process.argv.slice(2))
