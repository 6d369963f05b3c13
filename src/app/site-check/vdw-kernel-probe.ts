import { needsKernelFile } from '../../vasp/input/kernel-file.ts'
import { ok, skipped, wrong, type Probe } from './probe.ts'

export const vdwKernelProbe: Probe = {
  name: 'vdW kernel',
  needs: ['connection'],
  run: async ({ connection: { site, transport } }) => {
    if (site.method === 'rehearsal') return skipped('the rehearsal needs none')
    const { version } = site.vasp
    if (!/^\d+(\.\d+)+/.test(version)) {
      return wrong(`vasp.version ${JSON.stringify(version)} is no version`, `Set vasp.version of ${site.name} to the one that its OUTCAR begins with, such as 6.4.2.`)
    }
    if (!needsKernelFile(version)) return ok(`VASP ${version} needs no file`)
    const path = site.vdwKernelPath
    const remedy = `Set vdwKernelPath of ${site.name} to vdw_kernel.bindat, which VASP ${version} reads for optB86b-vdW.`
    if (path === undefined) return wrong('vdwKernelPath is not set', remedy)
    const script = '[ -f "$1" ] && [ -r "$1" ] && wc -c <"$1"'
    const output = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-kernel', path] })
    const bytes = Number(output.stdout.trim())
    return output.exitCode === 0 && bytes > 0 ? ok(`${path}, ${bytes} bytes`) : wrong(`${path} is missing, empty or not readable`, remedy)
  },
}
