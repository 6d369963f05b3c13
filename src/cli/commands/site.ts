import type { CommandGroup } from '../command.ts'

/** `dopant site …`: the places where VASP runs, as the user's own configuration describes them. */
export const siteCommand: CommandGroup = {
  name: 'site',
  summary: 'list, describe and check the places where VASP runs',
  examples: ['dopant site list', 'dopant site check rehearsal'],
  subcommands: [
    {
      name: 'list',
      summary: 'every site, how it is reached and where it is described',
      load: async () => (await import('./site/list.ts')).listCommand,
    },
    {
      name: 'add',
      summary: 'describe a cluster or workstation in sites.yaml',
      load: async () => (await import('./site/add.ts')).addCommand,
    },
    {
      name: 'check',
      summary: 'prove a site end to end, with a real tiny job',
      load: async () => (await import('./site/check.ts')).checkCommand,
    },
  ],
}
