import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `sbatch` and `squeue` of a batch system that is slow to answer and slow to start, as files in a folder for PATH.
 *
 * They speak Slurm's formats; a job is really started, a while after it was accepted, whatever happened to the answer.
 */
export function fakeSlurm(folder: string): { readonly bin: string; readonly state: string } {
  const [bin, state] = [join(folder, 'bin'), join(folder, 'state')]
  for (const each of [bin, join(state, 'queue')]) mkdirSync(each, { recursive: true })
  const write = (name: string, text: string) => {
    writeFileSync(join(bin, name), text)
    chmodSync(join(bin, name), 0o755)
  }
  write('sbatch', sbatch(state))
  write('squeue', squeue(state))
  return { bin, state }
}

const pause = (most: number) => `sleep "$(awk -v s="$(od -An -N2 -tu2 /dev/urandom)" 'BEGIN { print s / 65536 * ${most} }')"`

// The id is taken with mkdir, so that no two callers get the same one.
const sbatch = (state: string) => `#!/bin/sh
for script; do :; done
id=1000
while ! mkdir "${state}/id-$id" 2>/dev/null; do id=$((id + 1)); done
name=$(sed -n 's/^#SBATCH --job-name=//p' "$script")
${pause(0.05)}
echo "$name" >"${state}/queue/$id.part" && mv "${state}/queue/$id.part" "${state}/queue/$id"
setsid sh -c 'export SLURM_JOB_ID=$1; ${pause(0.3).replaceAll("'", `'\\''`)}; sh "$2" >/dev/null 2>&1; rm -f "$3"' runner "$id" "$script" "${state}/queue/$id" </dev/null >/dev/null 2>&1 &
${pause(0.1)}
echo "$id"
`

const squeue = (state: string) => `#!/bin/sh
for job in "${state}"/queue/*; do
  case $job in *.part|*'/*') continue ;; esac
  name=$(cat "$job" 2>/dev/null) || continue
  echo "\${job##*/}|RUNNING|None|$name"
done
`
