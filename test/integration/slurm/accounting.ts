import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../contracts/servers.ts'
import { asked, untilStarted, type Daemons } from '../beds/daemons.ts'
import { buildLoopbackShim } from '../beds/loopback-shim.ts'
import { whyMissing } from '../beds/programs.ts'

export function whyNoAccounting(): string | undefined {
  return whyMissing({
    slurmdbd: 'slurmdbd',
    mariadbd: 'mariadb-server',
    'mariadb-install-db': 'mariadb-server',
    gcc: 'gcc libc6-dev',
  })
}

/**
 * slurmdbd and the database behind it, which listens on a socket only.
 *
 * @returns the port of slurmdbd, which knows the cluster `testbed` by then
 */
export async function startAccounting(
  daemons: Daemons,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const { folder } = daemons
  const socket = await startDatabase(daemons, environment)
  const port = await freePort()
  const host = hostname().split('.')[0] ?? ''
  // slurmdbd refuses a file that others may read.
  writeFileSync(join(folder, 'slurmdbd.conf'), slurmdbdConfiguration(folder, host, port), { mode: 0o600 })
  // sacctmgr reads where slurmdbd is from here, before the cluster itself is described.
  writeFileSync(join(folder, 'slurm.conf'), clientConfiguration(folder, host, port))
  daemons.start('slurmdbd', ['-D'], {
    ...environment,
    MYSQL_UNIX_PORT: socket,
    LD_PRELOAD: buildLoopbackShim(folder),
  })
  const add = ['-i', 'add', 'cluster', 'testbed']
  await untilStarted('slurmdbd', () => asked('sacctmgr', add, environment).includes('testbed'))
  return port
}

/** An account in which the user may submit. */
export function addAccount(account: string, environment: Readonly<Record<string, string>>): void {
  const words = (text: string): readonly string[] => ['-i', 'add', ...text.split(' ')]
  asked('sacctmgr', words(`account ${account} cluster=testbed`), environment)
  asked('sacctmgr', words(`user ${userInfo().username} account=${account} cluster=testbed`), environment)
}

async function startDatabase(
  daemons: Daemons,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const [data, socket] = [join(daemons.folder, 'mysql'), join(daemons.folder, 'run/mysql')]
  mkdirSync(data)
  const common = ['--no-defaults', `--datadir=${data}`, '--user=root']
  execFileSync(
    'mariadb-install-db',
    [...common, '--auth-root-authentication-method=normal', '--skip-test-db'],
    {
      stdio: 'pipe',
    },
  )
  daemons.start('mariadbd', [...common, `--socket=${socket}`, '--skip-networking', ...hasty], environment)
  const ping = ['--no-defaults', `--socket=${socket}`, '--user=root', 'ping']
  await untilStarted('mariadbd', () => asked('mariadb-admin', ping, environment).includes('alive'))
  return socket
}

/** Nothing of it is needed after the tests. */
const hasty = ['--innodb-flush-log-at-trx-commit=0', '--innodb-buffer-pool-size=64M', '--skip-log-bin']

function slurmdbdConfiguration(folder: string, host: string, port: number): string {
  return `AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
DbdHost=${host}
DbdPort=${port}
SlurmUser=root
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=root
StorageLoc=slurm_acct
LogFile=${folder}/log/slurmdbd.log
PidFile=${folder}/run/slurmdbd.pid
`
}

function clientConfiguration(folder: string, host: string, port: number): string {
  return `ClusterName=testbed
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePass=${folder}/munge/socket
AccountingStoragePort=${port}
NodeName=n1
PartitionName=debug Nodes=n1
`
}
