import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { remoteTransport } from '../../../../src/adapters/transports/remote/remote-transport.ts'
import { transportContract } from '../../../contracts/transport-contract.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'
import { hasProgram, loginShellHere } from './login-shell-here.ts'

const shells = ['dash', 'bash', 'zsh', 'ksh', 'bsd-csh', 'tcsh', 'fish']

for (const shell of shells) {
  if (!hasProgram(shell)) {
    console.warn(`skipped: ${shell} is not installed`)
    continue
  }
  transportContract(`what is built on ${shell}`, async () => ({
    transport: remoteTransport(loginShellHere(shell)),
    folder: temporaryFolder(),
  }))
}

describe('chatter of rc files', () => {
  it.runIf(hasProgram('tcsh'))('before a command does not reach its output, also 5 MB of it', async () => {
    const home = temporaryFolder()
    writeFileSync(
      join(home, '.cshrc'),
      'yes "Loading module vasp/6.4.2" | head -c 5000000\nsh -c "yes oh | head -c 5000000 >&2"\n',
    )
    const transport = remoteTransport(loginShellHere('tcsh', { ...process.env, HOME: home }))

    const result = await transport.run({ program: 'sh', args: ['-c', 'echo out; echo err >&2; exit 3'] })

    expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' })
  })

  it.runIf(hasProgram('fish'))('of fish does not either', async () => {
    const home = temporaryFolder()
    mkdirSync(join(home, '.config/fish'), { recursive: true })
    writeFileSync(join(home, '.config/fish/config.fish'), 'echo welcome to the cluster\n')
    const transport = remoteTransport(loginShellHere('fish', { ...process.env, HOME: home }))

    expect((await transport.run({ program: 'echo', args: ['hello'] })).stdout).toBe('hello\n')
  })
})
