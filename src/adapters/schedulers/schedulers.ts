import type { Scheduler, SchedulerName } from '../../ports/scheduler.ts'
import { direct } from './direct.ts'
import { lsf } from './lsf.ts'
import { pbs } from './pbs.ts'
import { sge } from './sge.ts'
import { slurm } from './slurm.ts'
import { torque } from './torque.ts'

/** Every dialect under the name that a site gives. */
export const schedulers: Readonly<Record<SchedulerName, Scheduler>> = { direct, slurm, pbs, torque, sge, lsf }
