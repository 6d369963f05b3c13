import { boxesSection } from './boxes.ts'
import { dipoleSection } from './dipole.ts'
import { endingSection } from './ending.ts'
import { energiesSection } from './energies.ts'
import { fermiSection } from './fermi.ts'
import { forcesSection } from './forces.ts'
import { gridsSection } from './grids.ts'
import { headerSection } from './header.ts'
import { hubbardSection } from './hubbard.ts'
import { initialPositionsSection } from './initial-positions.ts'
import { kpointsSection } from './kpoints.ts'
import { latticeSection } from './lattice.ts'
import { molecularDynamicsSection } from './molecular-dynamics.ts'
import { onsiteDensitySection } from './onsite-density.ts'
import { scfSection } from './scf.ts'
import { settingsSection } from './settings.ts'
import { siteTablesSection } from './site-tables.ts'
import { speciesSection } from './species.ts'
import { stressSection } from './stress.ts'
import type { Timeline } from './timeline.ts'
import { timingSection } from './timing.ts'
import { vdwSection } from './vdw.ts'

export type Sections = ReturnType<typeof createSections>

/** Every quantity that is read from an OUTCAR. A new one is a file with its markers and a line here. */
export function createSections(timeline: Timeline, lineNumber: () => number) {
  const species = speciesSection()
  const lattice = latticeSection(timeline)
  return {
    header: headerSection(lineNumber),
    species,
    settings: settingsSection(),
    kpoints: kpointsSection(),
    grids: gridsSection(),
    hubbard: hubbardSection(),
    vdw: vdwSection(),
    lattice,
    initialPositions: initialPositionsSection(),
    scf: scfSection(timeline),
    energies: energiesSection(timeline),
    forces: forcesSection(timeline, lattice, species.ionCount),
    stress: stressSection(timeline),
    fermi: fermiSection(timeline),
    siteTables: siteTablesSection(species.ionCount),
    molecularDynamics: molecularDynamicsSection(timeline),
    dipole: dipoleSection(),
    onsiteDensities: onsiteDensitySection(),
    boxes: boxesSection(),
    ending: endingSection(),
    timing: timingSection(timeline),
  }
}
