import type { TargetAction } from '../act-on-targets.ts'

export const sortNames = ['state', 'name', 'site', 'latest'] as const
export type SortName = (typeof sortNames)[number]

/** What the person at the terminal chose; everything else is data. */
export interface WatchView {
  readonly page: 'list' | 'detail' | 'log' | 'help'
  /** The calculation under the cursor stays under it while rows move. */
  readonly cursorId: string | undefined
  /** Where the cursor was last, for when its calculation is gone. */
  readonly cursor: number
  /** First row in sight, or first line of a longer page. */
  readonly top: number
  readonly filter: string
  readonly isTyping: boolean
  /** Digit of a family of states; undefined for all. */
  readonly family: string | undefined
  readonly sort: SortName
  /** An action that waits for a yes. */
  readonly asked: TargetAction | undefined
  /** What the last action said. */
  readonly message: string
}

export const firstView: WatchView = {
  page: 'list',
  cursorId: undefined,
  cursor: 0,
  top: 0,
  filter: '',
  isTyping: false,
  family: undefined,
  sort: 'state',
  asked: undefined,
  message: '',
}
