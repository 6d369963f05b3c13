/** Where a command reads its surroundings and writes its words. Data goes to stdout, everything else to stderr. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  /** Is stderr a terminal, so that progress may be redrawn? */
  readonly isTerminal: boolean
  readonly cwd: string
  readonly environment: NodeJS.ProcessEnv
  readonly stdin: AsyncIterable<Uint8Array>
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** 0 done, 1 work failed, 2 wrong use, 3 the world is unwell. */
export type ExitCode = 0 | 1 | 2 | 3

export interface CommandArgument {
  /** `<screen>`, `[folder]` or `<file...>`. */
  readonly name: string
  readonly description: string
}

export interface CommandOption {
  /** `--json`, `--write <folder>`. */
  readonly flags: string
  readonly description: string
  readonly default?: string | boolean
}

/** A command of the command line, as data. */
export interface CommandDefinition {
  readonly name: string
  readonly summary: string
  readonly arguments?: readonly CommandArgument[]
  readonly options?: readonly CommandOption[]
  /** At least one line that works as it stands. */
  readonly examples: readonly string[]
  /** @param args positional arguments in order; a variadic one contributes each of its words */
  run(args: readonly string[], options: CommandOptions, io: CommandIo): Promise<ExitCode>
}

/** A command that only holds others: `dopant structure info`. */
export interface CommandGroup {
  readonly name: string
  readonly summary: string
  readonly examples: readonly string[]
  readonly subcommands: readonly CommandEntry[]
}

/** A command by name; its code is loaded only when it is called. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandDefinition | CommandGroup>
}

/** Parsed options by camel-case name. */
export type CommandOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>
