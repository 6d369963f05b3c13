import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Programs of a batch system that cannot be had here: they speak its formats and really run the jobs. */
export interface FakeBatch {
  /** For PATH. */
  readonly bin: string
  /** A folder for each job, named by its number: `name`, `state` (Q, R or F), `code`, `leader`. */
  readonly state: string
}

/** @param programs shell texts by name; they find the jobs in `$state` and start one with `start_job` */
export function fakeBatch(folder: string, programs: Readonly<Record<string, string>>): FakeBatch {
  const [bin, state] = [join(folder, 'batch'), join(folder, 'jobs')]
  for (const each of [bin, state]) mkdirSync(each, { recursive: true })
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\nstate='${state}'\n${core}\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  return { bin, state }
}

/**
 * `start_job NAME SCRIPT VARIABLE SUFFIX`: sets `id`. The number is taken with mkdir, so that no two callers get the same
 * one. A job waits a moment, and its processes are a group of their own.
 */
const core = `
start_job() {
  id=4001
  while ! mkdir "$state/$id" 2>/dev/null; do id=$((id + 1)); done
  job=$state/$id
  cat "$2" >"$job/script"
  echo "$1" >"$job/name"
  echo Q >"$job/state"
  # Their own output would keep the connection open.
  setsid sh -c '
    echo $$ >"$1/leader"
    sleep 0.3
    echo R >"$1/state"
    export "$2"
    sh "$1/script" >job.out 2>job.err
    [ -f "$1/code" ] || echo $? >"$1/code"
    echo F >"$1/state"
  ' fake "$job" "$3=$id$4" </dev/null >/dev/null 2>&1 &
}
end_job() {
  echo "$2" >"$state/$1/code"
  echo F >"$state/$1/state"
  kill -TERM -- "-$(cat "$state/$1/leader")" 2>/dev/null
}
jobs_in() {
  for each in "$state"/*; do
    case " $1 " in *" $(cat "$each/state" 2>/dev/null || echo none) "*) echo "\${each##*/}" ;; esac
  done
}
`

/** @source OpenPBS: qselect(1), qstat(1); a finished job is shown with -x only, and an unknown one is exit code 153 */
export function fakePbs(folder: string): FakeBatch {
  return fakeBatch(folder, {
    qsub: `
name=$(sed -n 's/^#PBS -N //p' "$1")
[ -n "$name" ] || { echo "qsub: script file:: No such file or directory" >&2; exit 1; }
queue=$(sed -n 's/^#PBS -q //p' "$1")
[ "\${queue:-workq}" = workq ] || { echo 'qsub: Unknown queue' >&2; exit 170; }
start_job "$name" "$1" PBS_JOBID .pbs
echo "$id.pbs"`,
    qselect: `
for id in $(jobs_in 'Q R'); do
  [ "$3" != -N ] || [ "$4" = "$(cat "$state/$id/name")" ] || continue
  echo "$id.pbs"
done`,
    qstat: `
shown='Q R'
[ "$1" = -x ] && shown='Q R F' && shift
shift
worst=0
for full; do
  id=\${full%.pbs}
  [ -d "$state/$id" ] || { echo "qstat: Unknown Job Id $full" >&2; worst=153; continue; }
  at=$(cat "$state/$id/state")
  case " $shown " in *" $at "*) ;; *) echo "qstat: $full Job has finished, use -x or -H to obtain historical job information" >&2; worst=35; continue ;; esac
  printf 'Job Id: %s\\n    Job_Name = %s\\n    job_state = %s\\n    queue = workq\\n' "$full" "$(cat "$state/$id/name")" "$at"
  sed -n 's/^#PBS -l walltime=/    Resource_List.walltime = /p' "$state/$id/script"
  [ "$at" = F ] && printf '    Exit_status = %s\\n' "$(cat "$state/$id/code")"
  printf '    Variable_List = PBS_O_HOME=/home/user,PBS_O_LANG=C,PBS_O_PATH=/usr/bin:/bin,\\n\\tPBS_O_HOST=login\\n\\n'
done
exit "$worst"`,
    qdel: `end_job "\${1%.pbs}" 271`,
  })
}

/** @source LSF: bsub(1) reads the script on its standard input; bjobs(1) -o, with -a also the ended */
export function fakeLsf(folder: string): FakeBatch {
  return fakeBatch(folder, {
    bsub: `
script=$(mktemp "$state/.in-XXXXXX")
cat >"$script"
name=$(sed -n 's/^#BSUB -J //p' "$script")
[ -n "$name" ] || { echo 'Empty job. Job not submitted.' >&2; exit 255; }
queue=$(sed -n 's/^#BSUB -q //p' "$script")
[ "\${queue:-normal}" = normal ] || { echo "$queue: No such queue. Job not submitted." >&2; exit 255; }
start_job "$name" "$script" LSB_JOBID ''
rm -f "$script"
echo "Job <$id> is submitted to default queue <normal>."`,
    bjobs: `
all= wanted= named=
while [ "$#" -gt 0 ]; do
  case $1 in
  -a) all=F ;;
  -o) format=$2; shift ;;
  -J) named=$2; shift ;;
  -*) ;;
  *) wanted="$wanted $1" ;;
  esac
  shift
done
for id in \${wanted:-$(jobs_in "Q R $all")}; do
  [ -d "$state/$id" ] || { echo "Job <$id> is not found" >&2; continue; }
  name=$(cat "$state/$id/name")
  [ -z "$named" ] || [ "$named" = "$name" ] || continue
  code=$(cat "$state/$id/code" 2>/dev/null || echo -)
  case $(cat "$state/$id/state") in
  Q) stat=PEND why='New job is waiting for scheduling;' ;;
  R) stat=RUN why=- ;;
  F) [ "$code" = 0 ] && stat=DONE why=- || stat=EXIT why='TERM_OWNER: job killed by owner'; [ "$code" = - ] && code= ;;
  esac
  printed=yes
  case $format in
  time_left) echo "$(sed -n 's/^#BSUB -W //p' "$state/$id/script") L" ;;
  *exit_code*) echo "$id|0|$stat|$code|$name|$why" ;;
  *stat*) echo "$id|0|$stat|$name|$why" ;;
  *) echo "$id|0|$name" ;;
  esac
done
[ -n "$printed" ] || { echo 'No unfinished job found' >&2; exit 255; }`,
    bkill: `end_job "$1" 130; echo "Job <$1> is being terminated"`,
  })
}
