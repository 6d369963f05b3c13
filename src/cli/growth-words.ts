import { changedWords } from '../workflow/plan-content.ts'
import type { PlanDifference } from '../workflow/plan-difference.ts'

/** `small: +4 new, =10 kept, ~2 changed before they started, −3 obsolete (12.3 core-hours)`, with the reasons below. */
export function growthWords(screenName: string, difference: PlanDifference): string {
  const { added, kept, revived, replaced, obsolete, lostCoreHours } = difference
  const parts = [
    `+${added.length} new`,
    `=${kept.length} kept`,
    ...(revived.length === 0 ? [] : [`=${revived.length} asked for again`]),
    ...(replaced.length === 0 ? [] : [`~${replaced.length} changed before they started`]),
    ...(obsolete.length === 0 ? [] : [`−${obsolete.length} obsolete (${lostCoreHours.toFixed(1)} core-hours)`]),
  ]
  const lines = [...changedLines(difference), ...obsoleteLines(difference)]
  return `${screenName}: ${parts.join(', ')}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

/** Is this more than a first run or the same again? */
export function isGrowth({ replaced, obsolete, revived, added, kept }: PlanDifference): boolean {
  return replaced.length + obsolete.length + revived.length > 0 || (added.length > 0 && kept.length > 0)
}

const mostLines = 12

function changedLines({ replaced }: PlanDifference): readonly string[] {
  return shortened(replaced.map(({ before, after }) => `~ ${before.id}: ${changedWords(before.plan, after).join(', ') || 'other words'}`))
}

function obsoleteLines({ obsolete, added }: PlanDifference): readonly string[] {
  return shortened(
    obsolete.map(({ calculation, reason }) => {
      const next = added.find((plan) => plan.candidateId === calculation.candidateId && plan.step === calculation.step)
      const words = next === undefined ? '' : `: ${changedWords(calculation.plan, next).join(', ')} → ${next.id}`
      return `− ${calculation.id} (${calculation.state}), ${reason}${words}`
    }),
  )
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), `… and ${lines.length - mostLines} more`]
}
