import type { CommandGroup } from '../command.ts'

/** `dopant structure …`: everything about one structure, without VASP. */
export const structureCommand: CommandGroup = {
  name: 'structure',
  summary: 'inspect, cut, dope and convert structures',
  examples: ['dopant structure info host.cif', 'dopant structure slab host.cif --miller 0 1 0 --out POSCAR'],
  subcommands: [
    {
      name: 'info',
      summary: 'group, sites, density, shortest distances, formal charges, warnings',
      load: async () => (await import('./structure/info.ts')).infoCommand,
    },
    {
      name: 'slab',
      summary: 'cut a surface, or list its terminations',
      load: async () => (await import('./structure/slab.ts')).slabCommand,
    },
    {
      name: 'dope',
      summary: 'substitute atoms or fill voids',
      load: async () => (await import('./structure/dope.ts')).dopeCommand,
    },
    {
      name: 'delithiate',
      summary: 'take out lithium (or another ion) by planes or by count',
      load: async () => (await import('./structure/delithiate.ts')).delithiateCommand,
    },
    {
      name: 'supercell',
      summary: 'repeat a cell',
      load: async () => (await import('./structure/supercell.ts')).supercellCommand,
    },
    {
      name: 'convert',
      summary: 'change the format or the choice of cell',
      load: async () => (await import('./structure/convert.ts')).convertCommand,
    },
    {
      name: 'neighbours',
      summary: 'bonds, coordination and valence sums',
      load: async () => (await import('./structure/neighbours.ts')).neighboursCommand,
    },
    {
      name: 'match',
      summary: 'tell whether two files hold the same crystal',
      load: async () => (await import('./structure/match.ts')).matchCommand,
    },
  ],
}
