import { launchNote } from '../plan/launch-note.ts'
import { ok, warning, wrong, type Probe } from './probe.ts'

/** Do the ranks that a job asks for reach VASP? */
export const launchProbe: Probe = {
  name: 'launch line',
  needs: ['connection'],
  run: async ({ connection: { site } }) => {
    const note = launchNote(site)
    if (note === undefined) return ok([site.vasp.program, ...site.vasp.args].join(' '))
    return (note.isWrong ? wrong : warning)(note.found, note.remedy)
  },
}
