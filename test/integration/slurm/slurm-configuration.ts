/**
 * A Slurm that starts in a second and schedules every second: no cgroups, no accounting, several nodes on one host.
 *
 * `config_overrides` lets a node have more cores than the machine; NoInAddrAny keeps the daemons off other interfaces.
 */
export function slurmConfiguration(
  folder: string,
  host: string,
  user: string,
  address: string,
  [controller, first, second]: readonly [number, number, number],
): string {
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
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
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
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
${node('n1', first)}
${node('n2', second)}
PartitionName=debug Nodes=ALL Default=YES MaxTime=10 DefaultTime=5 State=UP
PartitionName=long Nodes=n1 Default=NO MaxTime=1-00:00:00 DefaultTime=60 State=UP
`
}
