/** One table in several formats, the same numbers in each: `npx tsx examples/05-export-a-table.ts`. */
import { exporterFor } from '../src/tables/exporters.ts'
import { missing, type ResultTable } from '../src/tables/result-table.ts'

const table: ResultTable = {
  name: 'lengths',
  title: 'Mean Mn–O length',
  columns: [
    { key: 'slab', label: 'Slab', description: 'Name' },
    { key: 'meanAngstrom', label: 'd mean', unit: 'Å', digits: 3, description: 'Mean over all bonds' },
  ],
  rows: [
    { slab: 'pristine', meanAngstrom: 1.9117 },
    { slab: 'doped', meanAngstrom: missing('the relaxation is still running') },
  ],
  notes: [],
}

for (const format of ['text', 'markdown', 'csv', 'json']) console.log(String(exporterFor(format).render(table)))
