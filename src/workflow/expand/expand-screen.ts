import type { Structure } from '../../structure/structure.ts'
import type { Plan } from '../plan.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { builtHost, type BuiltHost } from './built-host.ts'
import { chargeGridCheck } from './charge-grid-check.ts'
import { convergencePoints, membersAt } from './converge.ts'
import { delithiatedMembers } from './delithiated-members.ts'
import { dopedMembers } from './doped-members.ts'
import type { Member } from './member.ts'
import { phaseMembers, type ReferenceStructures } from './reference-members.ts'
import { namedDefects } from './named-defects.ts'
import { planMember } from './plan-member.ts'
import { screenNotes } from './screen-notes.ts'
import { seededHost } from './seeded-host.ts'
import { pristineMembers, referenceMembers } from './undoped-members.ts'
import { vacancyMembers } from './vacancy-members.ts'

/**
 * Everything that a screen asks for: its members and the graph of their calculations.
 *
 * The same screen and host give the same plan, atom by atom.
 *
 * @param crystal what the screen's host file holds
 * @param references structures of the references that the screen gives a file for
 */
export function expandScreen(screen: Screen, crystal: Structure, references: ReferenceStructures = new Map()): Plan {
  const host = builtHost(screen, crystal)
  const { members, repeated } = membersOf(screen, host)
  const tests = convergencePoints(screen).map((point) => {
    const all = membersOf(point.screen, builtHost(point.screen, crystal)).members
    return { screen: point.screen, members: membersAt(point, screen.converge?.of ?? [], all) }
  })
  const all = [{ screen, members: [...members, ...phaseMembers(screen, references)] }, ...tests]
  const calculations = all.flatMap((part) => part.members.flatMap((member) => planMember(part.screen, member)))
  return {
    screenName: screen.name,
    title: screen.title ?? screen.name,
    site: screen.sites?.[0] ?? screen.site,
    ...(screen.sites === undefined ? {} : { sites: screen.sites }),
    ...(screen.priority === 0 ? {} : { priority: screen.priority }),
    candidates: all.flatMap((part) => part.members.map((member) => member.candidate)),
    calculations: [...calculations, ...chargeGridCheck(screen, members, calculations)],
    notes: [...screenNotes(screen, host), ...repeated],
  }
}

interface Members {
  readonly members: readonly Member[]
  /** Defects that two rules name, in words. */
  readonly repeated: readonly string[]
}

function membersOf(screen: Screen, host: BuiltHost): Members {
  const seeded = seededHost(screen, host)
  const { defects, repeated } = namedDefects(screen, host)
  const built = [
    ...pristineMembers(screen, host, seeded),
    ...defects.flatMap((defect) => dopedMembers(screen, host, seeded, defect)),
    ...vacancyMembers(screen, host, seeded),
  ]
  const delithiated = host.slab === undefined ? [] : delithiatedMembers(screen, host.slab, built)
  return { members: [...built, ...delithiated, ...referenceMembers(screen, host.crystal)], repeated }
}
