import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The client, its SSH session on the site, the line between them, the shell that runs our script there, the batch system's controller. */
export const faults = ['client', 'connection', 'line', 'shell', 'freeze'] as const
export type Fault = (typeof faults)[number]

/** What happens at one point of the protocol: before or after the n-th program that the site runs for us, or the n-th of one name. */
export interface Shot {
  readonly fault: Fault
  readonly when: 'before' | 'after'
  readonly afterPrograms: number
  /** Of this name alone. */
  readonly only?: string
}

export interface ProtocolPoints {
  /** Goes first into PATH of the site. */
  readonly bin: string
  /** @param clientPid the process that `client` kills */
  arm(shot: Shot, clientPid: number): void
  disarm(): void
  isFired(): boolean
  /** Set while the line is to be cut; whoever cuts it removes it. */
  readonly cutFile: string
  /** `fault when script:program`, in their order. */
  shots(): readonly string[]
}

/** Every step of our scripts that changes or reads something on the site is one of these. */
export const programs = ['mkdir', 'ln', 'mv', 'rm', 'readlink', 'cat', 'find', 'tar', 'sbatch', 'squeue', 'env']

/**
 * Stand-ins for the programs that our scripts run on a site. Each counts, and at the armed moment kills the client, the SSH
 * session above it or the shell that called it, or stops the controller for a while. Jobs are left alone.
 *
 * @param path where the real programs are
 * @param controllerPid who is stopped by `freeze`
 */
export function protocolPoints(folder: string, path: string, controllerPid = ''): ProtocolPoints {
  const [bin, at] = [join(folder, 'points'), (name: string): string => join(folder, name)]
  mkdirSync(bin, { recursive: true })
  writeFileSync(at('shots'), '')
  for (const name of programs) {
    const real = path.split(':').map((each) => join(each, name)).find(isProgram)
    if (real === undefined) throw new Error(`there is no ${name}`)
    writeFileSync(join(bin, name), standIn(folder, name, real, controllerPid))
    chmodSync(join(bin, name), 0o755)
  }
  return {
    bin,
    cutFile: at('cut'),
    arm({ fault, when, afterPrograms, only = '-' }, clientPid) {
      writeFileSync(at('count'), '')
      rmSync(at('fired'), { force: true })
      writeFileSync(at('armed.part'), `${fault} ${when} ${afterPrograms} ${clientPid} ${only}\n`)
      renameSync(at('armed.part'), at('armed'))
    },
    disarm: () => rmSync(at('armed'), { force: true }),
    isFired: () => existsSync(at('fired')),
    shots: () => readFileSync(at('shots'), 'utf8').trim().split('\n').filter((line) => line !== ''),
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const standIn = (folder: string, name: string, real: string, controller: string): string => `#!/bin/sh
[ -n "$SLURM_JOB_ID$DOPANT_POINTS_JOB" ] || [ ! -f ${folder}/armed ] && exec ${real} "$@"
read -r fault moment after client only <${folder}/armed || exec ${real} "$@"
[ "$only" = - ] || [ "$only" = ${name} ] || exec ${real} "$@"
echo >>${folder}/count
[ "$(/usr/bin/wc -l <${folder}/count)" -gt "$after" ] && /bin/mv ${folder}/armed ${folder}/fired 2>/dev/null || exec ${real} "$@"
script=$(/usr/bin/tr '\\0' '\\n' </proc/$PPID/cmdline | /bin/grep -o '^dopant-[a-z]*$' | /usr/bin/tail -n 1)
echo "$fault $moment \${script:-transfer}:${name}" >>${folder}/shots
shoot() {
  case $fault in
  shell) kill -9 "$PPID" ;;
  client) kill -9 "$client" ;;
  line) : >${folder}/cut; while [ -e ${folder}/cut ]; do /bin/sleep 0.05; done ;;
  freeze) kill -STOP ${controller} 2>/dev/null && { (/bin/sleep 9; kill -CONT ${controller}) </dev/null >/dev/null 2>&1 & } ;;
  connection)
    session=$PPID
    while [ "$session" -gt 1 ]; do
      read -r who </proc/$session/comm
      case $who in sshd*) break ;; esac
      session=$(/bin/sed 's/.*) [A-Z] //; s/ .*//' /proc/$session/stat)
    done
    [ "$session" -gt 1 ] && kill -9 "$session"
    ;;
  esac
}
[ "$moment" = before ] && { shoot; [ "$fault" = shell ] && exit 137; exec ${real} "$@"; }
${real} "$@"
code=$?
shoot
exit $code
`
