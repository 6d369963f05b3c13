import { shellQuote, shellWords } from '../../../base/shell-quote.ts'
import type { Command, CommandResult, Transport } from '../../../ports/transport.ts'
import { silenceOf, type Silence } from '../silence.ts'
import { collectBytes } from './collect-bytes.ts'
import { downloadFile } from './download-file.ts'
import { linkSpeed } from './link-speed.ts'
import type { RemoteShell } from './remote-shell.ts'
import { repeated } from './repeated.ts'
import { runScript } from './run-script.ts'
import { uploadFiles } from './upload-files.ts'

const outputLimitBytes = 256 * 1024 * 1024

/** A whole transport on top of one way to hand a line to the site's login shell. */
export function remoteTransport(line: RemoteShell, silence: Silence = silenceOf(line.host)): Transport {
  const shell = { ...line, silence }
  const site = { shell, link: linkSpeed(), repeat: repeated() }
  return {
    host: shell.host,
    run: (command, options = {}) => runCommand(shell, command, options),
    upload: (files, remoteFolder) => uploadFiles(site, files, remoteFolder),
    download: (remotePath, into) => downloadFile(site, remotePath, into),
    close: () => shell.close(),
  }
}

/** Never repeated by itself: whether a command that was cut off had its effect, only the caller can find out. */
async function runCommand(
  shell: RemoteShell,
  command: Command,
  { signal, input }: { readonly signal?: AbortSignal; readonly input?: string },
): Promise<CommandResult> {
  const { exitCode, stderr, value } = await runScript(shell, {
    script: commandScript(command),
    signal,
    send: async (stdin) => void stdin.end(input ?? ''),
    receive: (output) => collectBytes(output, outputLimitBytes, shell.host),
  })
  return { exitCode, stdout: value.toString('utf8'), stderr }
}

/** `exec`: the program itself and no builtin of the same name, as on this machine. */
function commandScript({ program, args, folder }: Command): string {
  const enter =
    folder === undefined
      ? ''
      : `cd ${shellQuote(folder.startsWith('-') ? `./${folder}` : folder)} || exit 72\n`
  return `${enter}exec ${shellWords([program, ...args])}`
}
