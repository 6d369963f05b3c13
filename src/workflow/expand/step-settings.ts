import { methodPreset } from '../../vasp/input/method-presets.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { defaultRelaxSettings, defaultStaticSettings, type StepName, type StepSettings } from '../steps/step-kind.ts'

/**
 * The settings of a step for every member of a screen: one U per element, also where a member lacks the element.
 */
export function stepSettings(screen: Screen, step: StepName, dipoleCorrection: boolean): StepSettings {
  const { method, kpoints, potcars } = screen
  const defaults = step === 'relax' ? defaultRelaxSettings : defaultStaticSettings
  return {
    ...defaults,
    method: methodPreset(method[step].functional).name,
    useU: method[step].useU && Object.keys(method.hubbardU).length > 0,
    hubbardU: method.hubbardU,
    encutEv: method.encutEv,
    // Forces are relaxed without the dipole field, which makes the electronic loop slow; the last energy has it.
    dipoleCorrection: step === 'static' && dipoleCorrection,
    kpoints,
    potcars,
    overrides: method.incar[step] ?? {},
  }
}
