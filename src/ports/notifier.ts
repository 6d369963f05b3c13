/** What a person may want to be told of. */
export const noticeKinds = ['finished', 'failed', 'needs-attention'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** One calculation that came to such an end. */
export interface Notice {
  readonly kind: NoticeKind
  readonly calculationId: string
  readonly screenName: string
  readonly at: string
  /** Empty for one that finished. */
  readonly message: string
  readonly remedy: string
}

/** Several notices at once, and how the screens that they are about stand. */
export interface Digest {
  /** One short paragraph; the key that chat services show. */
  readonly text: string
  /** The most urgent ones, oldest first: no service takes ten thousand. */
  readonly notices: readonly Notice[]
  /** How many there were. */
  readonly noticeCount: number
  /** Number of calculations by state, by screen. */
  readonly screens: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** A way to reach a person. */
export interface Notifier {
  /** For people; holds no secret. */
  readonly name: string
  readonly kinds: readonly NoticeKind[]
  /** The first notice goes out at once; what follows within this time goes together at its end. */
  readonly digestSeconds: number
  /**
   * @param signal  nobody waits any longer: what was started is ended
   * @throws NotificationFailedError whose message holds no secret
   */
  send(digest: Digest, signal: AbortSignal): Promise<void>
}
