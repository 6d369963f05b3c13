import { spawnSync } from 'node:child_process'

/** Debian's packages that some tests want, with what for. */
export const packages: Readonly<Record<string, string>> = {
  'openssh-server': 'real logins, jump hosts, one-time codes',
  'openssh-client': 'keys, and the transport through the system’s client',
  'libpam-oath': 'one-time codes',
  'slurmctld': 'a real Slurm',
  'slurmd': 'a real Slurm',
  'slurm-client': 'a real Slurm',
  'munge': 'a real Slurm',
  'slurmdbd': 'its accounting',
  'mariadb-server': 'its accounting',
  'gridengine-master': 'a real Grid Engine',
  'gridengine-exec': 'a real Grid Engine',
  'gridengine-client': 'a real Grid Engine',
  'redis-server': 'queues on Redis',
  'postgresql': 'the store on PostgreSQL',
  'zsh': 'odd login shells',
  'ksh': 'odd login shells',
  'csh': 'odd login shells',
  'tcsh': 'odd login shells',
  'fish': 'odd login shells',
  'python3-pymatgen': 'comparison with independent readers',
  'python3-ase': 'comparison with independent readers',
  'fonts-dejavu-core': 'letters in PNG figures',
  'gcc': 'keeping servers without an option for it on 127.0.0.1',
  'libc6-dev': 'keeping servers without an option for it on 127.0.0.1',
  'procps': 'looking for what is left',
}

/** Those that are not installed. */
export function missingPackages(): readonly string[] {
  return Object.keys(packages).filter((name) => !isInstalled(name))
}

function isInstalled(name: string): boolean {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' })
  return asked.status === 0 && asked.stdout === 'installed'
}
