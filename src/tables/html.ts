import { escapeHtml, htmlTable } from './html-text.ts'
import type { Exporter, ResultTable } from './result-table.ts'

/** A page of its own that needs nothing else: for a browser, a mail or a word processor. */
export const htmlExporter: Exporter = { format: 'html', fileExtension: 'html', render }

function render(table: ResultTable): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${escapeHtml(table.title)}</title>`,
    `<style>${style}</style></head><body>`,
    htmlTable(table),
    '</body></html>',
    '',
  ].join('\n')
}

const style = `
:root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
body { margin: 2rem; } figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: .6rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
thead tr { border-block: 1.5px solid; } tbody tr:last-child { border-bottom: 1.5px solid; }
th, td { padding: .25rem .6rem; text-align: left; white-space: nowrap; } .number { text-align: right; }
.long { white-space: normal; min-width: 18rem; }
.notes { font-size: .9em; max-width: 60rem; }
`
