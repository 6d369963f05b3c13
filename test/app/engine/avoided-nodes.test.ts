import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { lsf } from '../../../src/adapters/schedulers/lsf.ts'
import { pbs } from '../../../src/adapters/schedulers/pbs.ts'
import { sge } from '../../../src/adapters/schedulers/sge.ts'
import { slurm } from '../../../src/adapters/schedulers/slurm.ts'
import { torque } from '../../../src/adapters/schedulers/torque.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { avoidingNodes } from '../../../src/app/dispatch/corrected-resources.ts'
import { chooseStart, type FailedNodes } from '../../../src/app/engine/next-start.ts'
import { honestAboutNodes } from '../../../src/app/engine/possible-corrections.ts'
import { lookAtLeftovers } from '../../../src/app/outputs/left-behind.ts'
import type { Resources } from '../../../src/ports/resources.ts'
import { diagnose } from '../../../src/recovery/diagnose.ts'
import { failedNodes } from '../../../src/recovery/failed-nodes.ts'
import type { SiteConnection } from '../../../src/ports/site-connection.ts'
import type { Correction } from '../../../src/recovery/correction.ts'
import type { VaspInput } from '../../../src/workflow/steps/step-kind.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const resources: Resources = { nodes: 1, ranksPerNode: 8, walltimeSeconds: 3600 }
const failed = ['cn07', 'cn12.cluster.example.org']

describe('nodes that failed a calculation', () => {
  it.each([
    [slurm, '#SBATCH --exclude=cn07,cn12.cluster.example.org'],
    [lsf, `#BSUB -R "select[hname!='cn07' && hname!='cn12' && hname!='cn12.cluster.example.org']"`],
    [sge, '#$ -l h=!(cn07|cn07.*|cn12|cn12.*)'],
  ])('are kept out of the next job in the words of $name', (scheduler, line) => {
    const asked = avoidingNodes({ ...resources, parallelEnvironment: scheduler === sge ? 'mpi' : undefined } as Resources, scheduler, failed)
    const { parallelEnvironment: _, ...plain } = asked

    expect(scheduler.directives('dabc', scheduler === sge ? asked : plain)).toContain(line)
    expect(scheduler.directives('dabc', scheduler === sge ? { ...resources, parallelEnvironment: 'mpi' } : resources).join('\n')).not.toMatch(/exclude|hname|h=!/)
  })

  it.each([pbs, torque, direct])('change no job of $name, which has no words for them', (scheduler) => {
    expect(avoidingNodes(resources, scheduler, failed)).toBe(resources)
  })

  it('are never more than names: a word of another kind is left out, and refused by the dialect', () => {
    expect(avoidingNodes(resources, slurm, ['cn07', 'x$(id)', 'cn 8', '-w'])).toMatchObject({ avoidNodes: ['cn07'] })
    for (const scheduler of [slurm, lsf, sge]) expect(() => scheduler.directives('dabc', { ...resources, avoidNodes: ["a' || 'b"] })).toThrow(/avoidNodes/)
  })

  it('are all of a job on a few nodes when no message names one, only the named one otherwise, and none of a job on very many', () => {
    const four = ['cn01', 'cn02', 'cn03', 'cn04']

    expect(avoided(elsewhere, { before: ['cn07'], named: [] }, four)).toEqual(['cn07', ...four])
    expect(avoided(elsewhere, { before: [], named: ['cn03'] }, four)).toEqual(['cn03'])
    expect(avoided(elsewhere, { before: ['cn07'], named: [] }, Array.from({ length: 9 }, (_, i) => `cn${i + 10}`))).toEqual(['cn07'])
  })

  it.each([
    ['Slurm', { SLURMD_NODENAME: 'cn01', SLURM_JOB_NODELIST: 'cn[01-02,07]' }, ['cn01', 'cn02', 'cn07']],
    ['LSF', { LSB_MCPU_HOSTS: 'cn01 4 cn02 2 ' }, ['cn01', 'cn02']],
    ['Grid Engine', { PE_HOSTFILE: 'hosts' }, ['cn01.example.org', 'cn02.example.org']],
    ['an unknown batch system', { SLURM_JOB_NODELIST: '(null)', SLURMD_NODENAME: 'cn05' }, ['cn05']],
  ])('are read from what the job wrote about itself under %s', async (_, variables, hosts) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'hosts'), 'cn01.example.org 4 all.q@cn01.example.org UNDEFINED\ncn02.example.org 2 all.q@cn02.example.org UNDEFINED\n')
    const own = /^job_nodes=[\s\S]*?dopant-start\.part$/m.exec(readFileSync('templates/jobs/job.sh.hbs', 'utf8'))![0]
    execFileSync('sh', ['-c', `native_id=7; starts=0; stamp() { date -u; }\n${own}\nmv dopant-start.part dopant-start`], { cwd: folder, env: { PATH: process.env['PATH'], ...variables } })

    expect((await lookAtLeftovers({ transport: localTransport() } as unknown as SiteConnection, folder)).hosts).toEqual(hosts)
  })

  it('are those that messages name', () => {
    expect(failedNodes('srun: error: Node failure on cn042\nsrun: error: cn043: task 3: Bus error\n')).toEqual(['cn042', 'cn043'])
    expect(failedNodes('  HNP daemon   : [[1,0],0] on node cn01\n  Remote daemon: [[1,0],2] on node cn09\n')).toEqual(['cn09'])
    expect(failedNodes('slurmstepd: error: *** JOB 7 ON cn01 CANCELLED AT 2026-01-01T00:00:00 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***')).toEqual([])
    expect(failedNodes('srun: error: Node failure on cn[01-04]')).toEqual(['cn01', 'cn02', 'cn03', 'cn04'])
  })

  it('add up over the attempts of a calculation, the last eight of them, also for an attempt that is repeated for another reason', () => {
    expect(avoided(elsewhere, { before: [], named: [] })).toEqual(['cn01'])
    expect(avoided(elsewhere, { before: ['cn07'], named: ['cn09'] })).toEqual(['cn07', 'cn09'])
    expect(avoided(undefined, { before: ['cn07'], named: ['cn09'] })).toEqual(['cn07'])
    expect(avoided(undefined, { before: [], named: ['cn09'] })).toBeUndefined()
    const many = Array.from({ length: 9 }, (_, i) => `cn${i + 10}`)
    expect(avoided(elsewhere, { before: many, named: [] })).toEqual([...many.slice(2), 'cn01'])
  })
})

describe('a correction', () => {
  const evidence = { stdout: '', stderr: 'CANCELLED DUE TO NODE FAILURE' }
  const kinds = (found: ReturnType<typeof diagnose>, symptom: string) =>
    found.find((each) => each.symptom === symptom)?.corrections.map(({ changes }) => changes.map(({ kind }) => kind).join('+'))

  it('claims another node only where the batch system can be told', () => {
    const found = diagnose(evidence)

    expect(kinds(honestAboutNodes(found, slurm), 'node_failure')).toEqual(['start+avoid-nodes'])
    for (const scheduler of [pbs, torque, direct]) expect(kinds(honestAboutNodes(found, scheduler), 'node_failure')).toEqual(['start'])
  })

  it('is left out where another node is all that it would be', () => {
    const found = diagnose({ stdout: '', stderr: '', watch: { secondsSinceOutput: 30_000 } })
    const [all, without] = [slurm, pbs].map((scheduler) => kinds(honestAboutNodes(found, scheduler), 'frozen') ?? [])

    expect(all?.at(-1)).toBe('start+avoid-nodes')
    expect(without).toEqual(all?.slice(0, -1))
  })
})

const elsewhere = { symptom: 'node_failure', ladderStep: 1, changes: [{ kind: 'start', geometry: 'contcar', wavecar: 'read' }, { kind: 'avoid-nodes' }] } as unknown as Correction

function avoided(correction: Correction | undefined, nodes: FailedNodes, hosts: readonly string[] = ['cn01']): readonly string[] | undefined {
  const sent = { incar: {}, structure: { comment: '', lattice: [[4, 0, 0], [0, 4, 0], [0, 0, 4]], sites: [] } } as unknown as VaspInput
  const left = { isContcarNewer: undefined, wavecarBytes: undefined, hosts }
  return chooseStart(sent, undefined, left, { kind: 'correct', reason: '', ...(correction === undefined ? {} : { correction }) }, nodes).start.avoidNodes
}
