import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { SiteUnreachableError } from '../../src/ports/transport-errors.ts'
import type { Command, CommandResult, Transport } from '../../src/ports/transport.ts'
import type { Random } from '../../src/base/seeded-random.ts'

export type Fault = 'none' | 'lost before' | 'reply lost' | 'shell killed' | 'client gone' | 'upload cut'

/** A real transport whose link breaks at chosen moments; what was started on the other side goes on, or is killed there. */
export function faultyTransport(real: Transport, choose: () => Fault, random: Random): Transport {
  return {
    ...real,
    run: async (command, options) => {
      const fault = choose()
      if (fault === 'lost before') throw lost()
      if (fault === 'client gone') return gone(real.run(command, options))
      if (fault === 'shell killed') return killed(command, random() * 200)
      const result = await real.run(command, options)
      if (fault === 'reply lost') throw lost()
      return result
    },
    upload: async (files, folder) => {
      if (choose() !== 'upload cut') return real.upload(files, folder)
      await real.upload(files.slice(0, Math.floor(random() * files.length)), folder)
      throw lost()
    },
  }
}

function lost(): SiteUnreachableError {
  return new SiteUnreachableError('test', 'the connection broke')
}

/** The command is carried out, but nobody is there any more to hear of it: this promise never ends. */
function gone(work: Promise<CommandResult>): Promise<never> {
  work.catch(() => undefined)
  return new Promise(() => undefined)
}

/** The shell on the other side is killed with all its children that have not detached themselves. */
async function killed(command: Command, afterMilliseconds: number): Promise<never> {
  const child = spawn(command.program, command.args, {
    ...(command.folder === undefined ? {} : { cwd: command.folder }),
    detached: true,
    stdio: 'ignore',
  })
  await wait(afterMilliseconds)
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  } catch {
    // It had ended before: then only its reply is lost.
  }
  throw lost()
}
