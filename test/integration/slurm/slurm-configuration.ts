export interface SlurmPlace {
  readonly folder: string
  readonly host: string
  readonly user: string
  readonly address: string
  /** Of the controller and of the two nodes. */
  readonly ports: readonly [number, number, number]
  /** Of slurmdbd; without it there is no accounting. */
  readonly accountingPort?: number
  /** Hold jobs to their memory with control groups, as sites do: `OUT_OF_MEMORY` is said only then. */
  readonly memoryGroups?: boolean
  /** Accounts and QOS have to be known to slurmdbd, as on most sites. */
  readonly enforced?: boolean
}

/**
 * A Slurm that starts in a second and schedules every second: no cgroups, several nodes on one host.
 *
 * `config_overrides` lets a node have more cores than the machine; NoInAddrAny keeps the daemons off other interfaces.
 */
export function slurmConfiguration(place: SlurmPlace): string {
  const { folder, host, user, address, memoryGroups = false } = place
  const [controller, first, second] = place.ports
  const node = (name: string, port: number): string =>
    `NodeName=${name} NodeHostname=${host} NodeAddr=${address} Port=${port} CPUs=8 RealMemory=4000 State=UNKNOWN`
  return `
ClusterName=testbed
SlurmctldHost=${host}(${address})
SlurmctldPort=${controller}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool.%n
SlurmctldPidFile=${folder}/run/slurmctld.pid
SlurmdPidFile=${folder}/run/slurmd.%n.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=${memoryGroups ? 'task/cgroup' : 'task/none'}
${gathering(place)}
MpiDefault=none
SwitchType=switch/none
MailProg=/bin/true
ReturnToService=2
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1,max_rpc_cnt=0
PriorityType=priority/basic
MinJobAge=2
KillWait=1
InactiveLimit=0
SlurmctldTimeout=60
SlurmdTimeout=10
MessageTimeout=4
TCPTimeout=2
MaxJobCount=20000
DefMemPerCPU=100
PropagateResourceLimits=NONE
JobCompType=jobcomp/none
${node('n1', first)}
${node('n2', second)}
PartitionName=debug Nodes=ALL Default=YES MaxTime=10 DefaultTime=5 State=UP
PartitionName=long Nodes=n1 Default=NO MaxTime=1-00:00:00 DefaultTime=60 State=UP
`
}

/** Memory is watched where the end of a job is recorded: by the kernel, else by looking at it now and then. */
function gathering({ folder, accountingPort, memoryGroups = false, enforced = false }: SlurmPlace): string {
  if (accountingPort === undefined)
    return 'JobAcctGatherType=jobacct_gather/none\nAccountingStorageType=accounting_storage/none'
  return `JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
${memoryGroups ? '' : 'JobAcctGatherParams=OverMemoryKill'}
AccountingStorageType=accounting_storage/slurmdbd
${enforced ? 'AccountingStorageEnforce=associations,qos' : ''}
AccountingStorageHost=127.0.0.1
AccountingStoragePass=${folder}/munge/socket
AccountingStoragePort=${accountingPort}`
}

/** @source cgroup.conf(5) of Slurm 22.05 */
export const memoryGroupsConfiguration = `CgroupPlugin=cgroup/v1
CgroupAutomount=no
ConstrainRAMSpace=yes
ConstrainSwapSpace=no
ConstrainCores=no
ConstrainDevices=no
`
