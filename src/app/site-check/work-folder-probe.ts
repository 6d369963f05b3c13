import { lastWords, ok, wrong, type Probe } from './probe.ts'

/** Everything that submitting relies on: a file appears whole by renaming, and a link can be made once only. */
const script = `
try() {
  what=$1; shift
  said=$("$@" 2>&1) || { printf '%s: %s\\n' "$what" "$said"; exit 1; }
}
[ -d "$1" ] && echo there || echo made
try 'cannot make the folder' mkdir -p "$1"
probe=$1/.dopant-check-$2
try 'cannot make a folder in it' mkdir "$probe"
trap 'rm -rf "$probe"' EXIT
try 'cannot write a file' sh -c 'echo whole >"$0" && sync "$0" 2>/dev/null; cat "$0"' "$probe/part"
try 'cannot rename a file' mv "$probe/part" "$probe/file"
try 'a renamed file is not whole' grep -q whole "$probe/file"
try 'cannot make a symbolic link' ln -s first "$probe/claim"
if ln -s second "$probe/claim" 2>/dev/null; then echo 'a symbolic link can be made twice'; exit 1; fi
try 'a symbolic link cannot be read' sh -c '[ "$(readlink "$0")" = first ]' "$probe/claim"
`

export const workFolderProbe: Probe = {
  name: 'work folder',
  needs: ['connection'],
  run: async ({ connection: { site, transport }, clock }) => {
    const mark = String(clock.now().getTime())
    const output = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-folder', site.workFolder, mark] })
    if (output.exitCode === 0) {
      const made = output.stdout.startsWith('made') ? ' (made now)' : ''
      return ok(`${site.workFolder} takes files, renaming and links${made}`)
    }
    const said = lastWords(output.stdout.replace(/^(there|made)\n/, '') || output.stderr)
    return wrong(
      `${site.workFolder}: ${said}`,
      `Set workFolder of ${site.name} to a folder that you may write to and that the compute nodes see, such as one on its scratch file system.`,
    )
  },
}
