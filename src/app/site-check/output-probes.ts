import { functionalDifference } from '../../recovery/as-planned/functional.ts'
import { prepareStatic } from '../../workflow/steps/static.ts'
import { unrelaxed } from '../../workflow/steps/step-kind.ts'
import { readAcf } from '../../vasp/output/acf.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readRemoteText } from '../outputs/remote-chunks.ts'
import { ok, skipped, wrong, type Finding, type Probe, type SiteCheck, type TestRun } from './probe.ts'
import { testCalculation, testStructure } from './test-calculation.ts'

const planned = prepareStatic(testCalculation.settings, testStructure, unrelaxed)
const plannedRun = { ...planned, kMesh: testCalculation.kMesh, isSlab: false }

/** Is it the program that the site's description promises? */
export const versionProbe = outputProbe('VASP version', ({ connection: { site } }, { outcar }) => {
  const found = outcar.vaspVersion ?? 'unknown'
  if (outcar.method === 'rehearsal') {
    if (site.method === 'rehearsal') return ok('the rehearsal, which is no DFT')
    return wrong('the rehearsal ran in the place of VASP', `Set vasp.program of ${site.name} to VASP, or vasp.version to rehearsal.`)
  }
  if (site.method === 'rehearsal') return wrong(`VASP ${found} ran where the rehearsal was expected`, `Set vasp.version of ${site.name} to ${found}.`)
  if (found === site.vasp.version) return ok(`VASP ${found}${outcar.ranks === undefined ? '' : ` on ${outcar.ranks} ranks`}`)
  return wrong(`OUTCAR is of VASP ${found}, the site says ${site.vasp.version}`, `Set vasp.version of ${site.name} to ${found}, or load the other version in prologue.`)
})

export const functionalProbe = outputProbe('functional', (_, { outcar, folder }) => {
  const difference = functionalDifference(plannedRun, outcar) ?? hubbardDifference(outcar)
  if (difference !== undefined) {
    return wrong(`not optB86b-vdW with +U: ${difference}`, `Use a VASP that can do it (5.2.12 or newer, not patched); compare INCAR and OUTCAR in ${folder}.`)
  }
  if (outcar.runState === 'finished') return ok(`optB86b-vdW, U = ${testCalculation.settings.hubbardU['Mn']} eV on Mn, ${energyWords(outcar)}`)
  return wrong(`the run is ${outcar.runState}`, `Read OUTCAR and vasp.out in ${folder}.`)
})

export const titlesProbe = outputProbe('POTCAR titles', ({ connection: { site } }, { outcar }) => {
  const found = outcar.species.map(({ titel }) => titel ?? 'no title')
  const isAsPlanned = planned.potcars.every(({ symbol, zval }, i) => {
    const species = outcar.species[i]
    return ` ${species?.titel ?? ''} `.includes(` ${symbol} `) && (species?.zval === undefined || species.zval === zval)
  })
  if (isAsPlanned && found.length === planned.potcars.length) return ok(found.join(', '))
  const wanted = planned.potcars.map(({ symbol, zval }) => `PAW_PBE ${symbol} with ${zval} electrons`).join(', ')
  return wrong(`OUTCAR has ${found.join(', ')}; wanted ${wanted}`, `Set potcarLibrary of ${site.name} to the PBE library of VASP.`)
})

/** Valence electrons are kept by the partition: what the atoms have together is what went in. */
export const chargesProbe = outputProbe('bader charges', async ({ connection: { site, transport } }, { folder }) => {
  if (site.bader === undefined) return skipped('no bader program is set')
  const remedy = `Run the bader command by hand in ${folder}, and see bader.out there.`
  const text = await readRemoteText(transport, `${folder}/ACF.dat`)
  if (text === undefined) return wrong('the bader program wrote no ACF.dat', remedy)
  const electrons = readAcf(text).atoms.map((atom) => atom.electrons)
  const total = electrons.reduce((sum, value) => sum + value, 0)
  const found = `${electrons.map((value, i) => `${testStructure.sites[i]?.element ?? '?'} ${value.toFixed(2)}`).join(', ')} electrons`
  if (electrons.length === testStructure.sites.length && Math.abs(total - planned.electronCount) < 0.5) return ok(found)
  return wrong(`${found}, together ${total.toFixed(2)} and not ${planned.electronCount}`, remedy)
})

function outputProbe(name: string, look: (check: SiteCheck, run: TestRun) => Finding | Promise<Finding>): Probe {
  return {
    name,
    needs: ['test job'],
    run: async (check) => (check.testRun === undefined ? skipped('there is no OUTCAR') : look(check, check.testRun)),
  }
}

function hubbardDifference({ hubbard }: Outcar): string | undefined {
  const wanted = testCalculation.settings.hubbardU['Mn'] ?? 0
  const found = (hubbard?.uEv?.[0] ?? 0) - (hubbard?.jEv?.[0] ?? 0)
  return Math.abs(found - wanted) < 1e-6 ? undefined : `U − J is ${found} eV, planned ${wanted} eV`
}

function energyWords({ final }: Outcar): string {
  return final?.energySigmaToZeroEv === undefined ? 'no energy' : `E = ${final.energySigmaToZeroEv.toFixed(3)} eV`
}
