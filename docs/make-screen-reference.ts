/** Writes docs/screen.schema.json and the table of docs/screens.md from the code: `npx tsx docs/make-screen-reference.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { screenJsonSchema, screenKeyTable } from '../src/workflow/screen/screen-reference.ts'

const page = 'docs/screens.md'
const marks = /(<!-- keys: begin -->\n)[\s\S]*(\n<!-- keys: end -->)/

writeFileSync('docs/screen.schema.json', `${JSON.stringify(screenJsonSchema(), null, 2)}\n`)
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(
    marks,
    (_, begin: string, end: string) => begin + screenKeyTable() + end,
  ),
)
