/**
 * Who drives a project on a site. The site keeps one link for each epoch, `epoch-N`, whose text is the token of the
 * owner; the highest number owns. Every engine start and every take-over adds one, so that an older store is noticed.
 */
export interface Tenure {
  readonly epoch: number
  /** `OWNER.RANDOM.HOST.TIME`, see `tenureToken`. */
  readonly token: string
}

/** What this store remembers of the sites that it drives. */
export interface Tenures {
  readonly owner: TenureOwner
  /** The tenure under which this store last drove the site; undefined before the first contact. */
  read(site: string): Promise<Tenure | undefined>
  /** Writes down which token will be put on the site next. Whoever comes first wins: the answer is the one to be used. */
  propose(site: string, token: string): Promise<string>
  /** The token is on the site: the proposal is over. */
  keep(site: string, tenure: Tenure): Promise<void>
}

/** One copy of a store, on one machine. */
export interface TenureOwner {
  /** Differs for a copy of the project in another folder, for another user and on another machine. No dots. */
  readonly id: string
  /** For people. */
  readonly host: string
  /** One process alone opens this store, so that every start of it may begin a new epoch. */
  readonly isAlone: boolean
}

/** Text of a link on the site. Blanks and dots of the host are replaced, so that the parts can be told apart. */
export function tenureToken({ id, host }: TenureOwner, random: string, now: Date): string {
  return [id, random, host.replaceAll(/[^A-Za-z0-9-]+/g, '-') || 'unknown', now.toISOString().replace(/\.\d+Z$/, 'Z')].join('.')
}

export interface TenureWords {
  readonly ownerId: string
  readonly host: string
  readonly since: string
}

export function readTenureToken(token: string): TenureWords {
  const [ownerId = '', , host = 'an unknown machine', since = 'an unknown time'] = token.split('.')
  return { ownerId, host, since }
}
