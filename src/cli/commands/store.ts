import type { CommandGroup } from '../command.ts'

export const storeCommand: CommandGroup = {
  name: 'store',
  summary: 'write the project’s whole store to a file, read one into an empty project, or clear up its kept files',
  examples: ['dopant store gc --dry-run', 'dopant store export backup.jsonl', 'dopant store import backup.jsonl --project moved'],
  subcommands: [
    {
      name: 'export',
      summary: 'write everything that the store knows to a file of JSON lines',
      load: async () => (await import('./store/export.ts')).storeExportCommand,
    },
    {
      name: 'gc',
      summary: 'remove kept copies of inputs and outputs that no attempt refers to',
      load: async () => (await import('./store/gc.ts')).storeGcCommand,
    },
    {
      name: 'import',
      summary: 'read such a file into a project without screens',
      load: async () => (await import('./store/import.ts')).storeImportCommand,
    },
  ],
}
