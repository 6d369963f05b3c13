import type { Tenure, Tenures } from '../../src/ports/tenures.ts'

/** Tenures in memory. Two machines with the same ones take each other for themselves, as behind a file system that shows links late. */
export function memoryTenures(id = 'test', isAlone = false): Tenures {
  const held = new Map<string, Tenure>()
  const next = new Map<string, string>()
  return {
    owner: { id, host: id, isAlone },
    read: async (site) => held.get(site),
    propose: async (site, token) => {
      const mine = next.get(site) ?? token
      next.set(site, mine)
      return mine
    },
    keep: async (site, tenure) => {
      held.set(site, tenure)
      next.delete(site)
    },
  }
}
