import { writeSite } from '../../../adapters/config/write-site.ts'
import type { CommandDefinition } from '../../command.ts'
import { OptionValueError } from '../../option-values.ts'
import { siteEntry } from './site-entry.ts'

export const addCommand: CommandDefinition = {
  name: 'add',
  summary: 'describe a cluster or workstation in sites.yaml',
  arguments: [{ name: '<name>', description: 'what the site is called in screens and with --site' }],
  options: [
    { flags: '--host <host>', description: 'name from ~/.ssh/config, or [user@]host; default: this machine' },
    { flags: '--user <user>', description: 'on the site, where ~/.ssh/config does not say' },
    { flags: '--port <port>', description: 'of its SSH server, where ~/.ssh/config does not say' },
    { flags: '--via <client>', description: 'ssh2 or openssh (certificates, GSSAPI, hardware keys)' },
    { flags: '--ssh-config <file>', description: 'absolute path, in the place of ~/.ssh/config' },
    { flags: '--scheduler <name>', description: 'slurm, pbs, torque, sge, lsf or direct' },
    { flags: '--work-folder <folder>', description: 'absolute folder on the site, below which jobs run' },
    { flags: '--scratch <folder>', description: "where jobs run on the compute node: absolute, or from a variable, '$TMPDIR/dopant'" },
    { flags: '--quota-gib <size>', description: 'of the work folder; plans are compared with it' },
    { flags: '--scratch-purge-days <days>', description: 'after which the site removes old files from the work folder' },
    { flags: '--vasp <command>', description: "launch line, such as 'srun vasp_std'" },
    { flags: '--vasp-version <version>', description: 'such as 6.4.2' },
    { flags: '--bader <command>', description: 'called in the folder of a static run, writes ACF.dat' },
    { flags: '--potcar-library <folder>', description: 'on the site, with Mn_pv/POTCAR and so on' },
    { flags: '--vdw-kernel <file>', description: 'vdw_kernel.bindat on the site, for VASP before 6.4.3' },
    { flags: '--prologue <lines...>', description: "shell lines before VASP, such as 'module load vasp'" },
    { flags: '--env <pairs...>', description: 'NAME=value for the job; no secrets' },
    { flags: '--max-jobs <count>', description: 'of ours, queued or running at once' },
    { flags: '--poll-seconds <seconds>', description: 'between two looks at the queue' },
    { flags: '--nodes <count>', description: 'of each job' },
    { flags: '--ranks-per-node <count>', description: 'of each job' },
    { flags: '--cores-per-rank <count>', description: 'of each job' },
    { flags: '--memory-mib-per-node <size>', description: 'of each job' },
    { flags: '--walltime <time>', description: '24:00:00 or 2-12:00:00' },
    { flags: '--partition <name>', description: 'partition or queue' },
    { flags: '--account <name>', description: 'who pays' },
    { flags: '--qos <name>', description: 'quality of service' },
    { flags: '--parallel-environment <name>', description: 'of Grid Engine' },
    { flags: '--replace', description: 'describe a site anew that is there already' },
  ],
  examples: [
    "dopant site add cluster --host login.example.org --scheduler slurm --work-folder /scratch/me/dopant --vasp 'srun vasp_std' --vasp-version 6.4.3 --potcar-library /opt/vasp/potpaw_PBE --ranks-per-node 32 --walltime 24:00:00",
  ],
  run: async ([name = ''], options, io) => {
    checkName(name)
    const replace = options['replace'] === true
    const file = writeSite(name, siteEntry(options), { environment: io.environment, replace })
    io.stdout.write(`${name} is described in ${file}\n`)
    io.stderr.write(`Next: dopant site check ${name}\n`)
    return 0
  },
}

function checkName(name: string): void {
  if (name === 'rehearsal') throw new OptionValueError('The name of a site', name, 'Choose another name: rehearsal is always there.')
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return
  throw new OptionValueError('The name of a site', name, 'Use letters, digits, dots, dashes and underscores.')
}
