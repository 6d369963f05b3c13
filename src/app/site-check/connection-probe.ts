import { lastWords, ok, wrong, type Probe } from './probe.ts'

const script = 'printf "%s\\n" "$(uname -n)" "$(id -un)" "$(uname -sr)"'

/** Can a command be run there? An unknown host key is shown by the transport, and accepted only by a person. */
export const connectionProbe: Probe = {
  name: 'connection',
  needs: [],
  run: async ({ connection: { site, transport } }) => {
    const output = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-here'] })
    const [host = '', user = '', system = ''] = output.stdout.trim().split('\n')
    if (output.exitCode !== 0 || host === '') {
      const said = lastWords(output.stderr || output.stdout)
      return wrong(`a plain command failed with exit code ${output.exitCode}: ${said}`, 'Log in by hand and see that `sh -c "uname -n"` works there.')
    }
    const key = site.transport.kind === 'ssh' ? ', host key as in known_hosts' : ', this machine'
    return ok(`${user} on ${host}, ${system}${key}`)
  },
}
