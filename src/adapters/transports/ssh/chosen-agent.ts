import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2'

/** An agent that offers the configured identities first, and no others with IdentitiesOnly: servers count every offer. */
export class ChosenAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #agent: ssh2.BaseAgent<ParsedKey>
  readonly #wanted: readonly string[]
  readonly #isOnly: boolean

  /** @param wanted public keys, base64 */
  constructor(socket: string, wanted: readonly string[], isOnly: boolean) {
    super()
    this.#agent = ssh2.createAgent(socket) as ssh2.BaseAgent<ParsedKey>
    this.#wanted = wanted
    this.#isOnly = isOnly
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    this.#agent.getIdentities((error, keys) => {
      if (error) return done(error)
      const all = (keys ?? []).filter((key): key is ParsedKey => 'getPublicSSH' in key)
      const isWanted = (key: ParsedKey): boolean => this.#wanted.includes(blobOf(key))
      const others = this.#isOnly ? [] : all.filter((key) => !isWanted(key))
      done(undefined, [...all.filter(isWanted), ...others])
    })
  }

  override sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    if (typeof options === 'function') this.#agent.sign(key, data, options)
    else this.#agent.sign(key, data, options, done)
  }

  /** Which of the configured keys are in the agent, so that their files need not be opened. */
  held(): Promise<ReadonlySet<string>> {
    return new Promise((resolve) => {
      this.#agent.getIdentities((_, keys) => {
        const parsed = (keys ?? []).filter((key): key is ParsedKey => 'getPublicSSH' in key)
        resolve(new Set(parsed.map(blobOf)))
      })
    })
  }
}

function blobOf(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64')
}
