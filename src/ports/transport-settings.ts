/** How a site is reached. No secrets: keys, passwords and codes are the agent's, or a person's. */
export type TransportSettings = { readonly kind: 'local' } | SshSettings

export interface SshSettings {
  readonly kind: 'ssh'
  /** A name from ~/.ssh/config, or a host. */
  readonly host: string
  readonly user?: string | undefined
  readonly port?: number | undefined
  /** `openssh`: the system's client, for certificates, GSSAPI, hardware keys and connections opened by hand. */
  readonly via: 'ssh2' | 'openssh'
  /** Absolute path, read in the place of ~/.ssh/config. */
  readonly configFile?: string | undefined
  /** Commands and transfers at the same time over the one connection. */
  readonly channels: number
}
