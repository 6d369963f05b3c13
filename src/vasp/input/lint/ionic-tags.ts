import { numberTag, type Complaint, type LintRule } from './lint-rule.ts'

export const ionicTags: LintRule = {
  id: 'ionic-tags',
  severity: 'warning',
  why: 'What moves the ions is said by NSW and IBRION together, and either can undo the other.',
  source: 'https://vasp.at/wiki/IBRION',
  check: (inputs) => {
    const [nsw = 0, ibrion, icharg = 0] = ['NSW', 'IBRION', 'ICHARG'].map((tag) => numberTag(inputs, tag))
    const complaints: Complaint[] = []
    if (nsw > 1 && ibrion === undefined) {
      complaints.push({
        tag: 'NSW',
        message: `NSW = ${nsw} without IBRION is molecular dynamics (IBRION = 0).`,
      })
    }
    if (nsw > 1 && ibrion === -1)
      complaints.push({
        tag: 'NSW',
        message: `NSW = ${nsw} with IBRION = -1 repeats one step.`,
        severity: 'note',
      })
    if (nsw > 1 && icharg >= 10 && (ibrion ?? 0) >= 0) {
      complaints.push({
        tag: 'ICHARG',
        message: `ICHARG = ${icharg} keeps the charge fixed while NSW = ${nsw} moves the ions.`,
        severity: 'error',
      })
    }
    return complaints
  },
}
