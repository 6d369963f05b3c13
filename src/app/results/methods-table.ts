import type { RunSettings } from '../../analysis/run-settings.ts'
import type { ResultTable, TableRow } from '../../tables/result-table.ts'
import { distinct, type StepMethod } from './step-methods.ts'

/** How the numbers of the other tables were calculated: one row a setting of a step. Distinct values are separated by `;`. */
export function methodsTable(methods: readonly StepMethod[]): ResultTable {
  const isRehearsed = methods.some((step) => step.methods.includes('rehearsal'))
  return {
    name: 'methods',
    title: 'Settings of the calculations',
    columns: [
      { key: 'step', label: 'Step', description: 'Step of the screen' },
      { key: 'setting', label: 'Setting', description: 'VASP tag, or what it is' },
      { key: 'value', label: 'Value', description: 'As the runs printed it' },
    ],
    rows: methods.flatMap((method) => settingsOf(method).map(([setting, value]): TableRow => ({ step: method.step, setting, value }))),
    notes: isRehearsed ? [rehearsalWords] : [],
  }
}

export const rehearsalWords =
  'Rehearsal: a bond-valence stand-in took the place of VASP. The settings were written and read back, but no number is a DFT result.'

function settingsOf(method: StepMethod): readonly (readonly [string, string])[] {
  const { planned, settings } = method
  const printed = (key: keyof RunSettings): string => distinct(settings.map((each) => String(each[key]))).join('; ')
  const all: readonly (readonly [string, string])[] = [
    ['runs', `${method.finishedCount} of ${method.runCount} finished`],
    ['method', method.methods.join('; ')],
    ['program', method.methods.includes('rehearsal') ? 'dopant-rehearsal in the place of VASP' : method.vaspVersions.map((version) => `VASP ${version}`).join('; ')],
    ['functional', method.functionals.join('; ')],
    ['functional in OUTCAR', method.printedFunctionals.join('; ')],
    ['U − J (eV)', Object.entries(method.hubbardUEv).map(([element, ev]) => `${element} ${ev}`).join(', ')],
    ['ENCUT (eV)', printed('ENCUT')],
    ['PREC', printed('PREC')],
    ['LASPH', printed('LASPH')],
    ['LREAL', printed('LREAL')],
    ['ISMEAR', printed('ISMEAR')],
    ['SIGMA (eV)', printed('SIGMA')],
    ['ISPIN', String(planned.ispin)],
    ['ISYM', String(planned.isym)],
    ['EDIFF (eV)', String(planned.ediffEv)],
    ...(method.kind === 'relax' ? ([['force limit (eV/Å)', String(planned.ediffgEvPerAngstrom)]] as const) : []),
    ['k-mesh', method.kMeshes.join('; ')],
    ...Object.entries(method.potentials).map(([element, titel]) => [`PAW ${element}`, titel] as const),
    ['charge partition', method.partitions.join('; ')],
    ['user tags', method.overrides.join(', ')],
  ]
  return all.filter(([, value]) => value !== '')
}
