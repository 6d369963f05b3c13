import type { RefusedSetting } from '../../ports/scheduler-errors.ts'

/** How a batch system words that it does not know, or does not let us use, what the site's definition names. */
export type SettingWords = Partial<Readonly<Record<RefusedSetting, RegExp>>>

/** Wrappers and submission filters of sites word it in their own way: «Invalid account: chem-42», «project chem is not valid». */
const account = /(?:invalid|unknown|bad|no such) (?:account|project|charge code)\b|(?:account|project)\b[^.\n]{0,80}\b(?:is invalid|is not valid|not valid|is unknown|does not exist|has expired)/i

/** The setting at fault; undefined when it is something else. A word about the account counts before one about the partition. */
export function refusedSetting(said: string, words: SettingWords): RefusedSetting | undefined {
  const own = Object.entries(words) as readonly (readonly [RefusedSetting, RegExp])[]
  return own.find(([, pattern]) => pattern.test(said))?.[0] ?? (account.test(said) ? 'account' : undefined)
}

/**
 * Slurm 22.05 and newer, and what its controller writes before them.
 *
 * @source src/common/slurm_errno.c and job_mgr.c of Slurm; the first of each were seen with 22.05.8
 */
export const slurmSettings: SettingWords = {
  account: /Invalid account or account\/partition combination|Job's account not permitted to use this partition/i,
  qos: /Invalid qos specification|Job's QOS not permitted to use this partition/i,
  partition:
    /Invalid partition name|invalid partition specified|No partition specified or system default partition|User's group not permitted to use this partition|Required partition not available/i,
  constraint: /Invalid feature specification/i,
}

/**
 * PBS, OpenPBS and Torque: `qsub` adds the server's own text in `MSG=…` (Torque).
 *
 * @source src/include/pbs_error_db.h of Torque; src/lib/Liblog/pbs_messages.c of OpenPBS
 */
export const pbsSettings: SettingWords = {
  account: /Invalid Account\b|Bad Account attribute/i,
  partition: /Unknown queue|Access to queue is denied|Queue is not enabled|No default queue|Queue name too long/i,
}

/**
 * Grid Engine.
 *
 * @source source/daemons/qmaster/msg_qmaster.h and source/common/msg_common.h; unknown queue and environment were seen with 8.1.9
 */
export const sgeSettings: SettingWords = {
  account: /requested project "[^"]*" does not exist|no access to project "|project "[^"]*" is not allowed to submit|no project was supplied/i,
  partition: /unknown queue "|queue "[^"]*" does not exist/i,
  parallelEnvironment: /requested parallel environment "[^"]*" does not exist/i,
}

/**
 * LSF.
 *
 * @source the texts of lsberrno (LSBE_BAD_QUEUE, LSBE_QUEUE_USE, LSBE_QUEUE_CLOSED, LSBE_BAD_PROJECT_GROUP), lsbatch.h
 */
export const lsfSettings: SettingWords = {
  account: /Invoker is not in (?:the )?specified project group/i,
  partition: /No such queue|User cannot use the queue|Queue has been closed|Queue name must be specified/i,
}
