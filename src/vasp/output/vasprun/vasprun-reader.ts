import { atEnd, type NumberCursor } from '../text/number.ts'
import { textOf } from '../text/bytes.ts'
import { fortranNumber } from '../fortran-row.ts'
import { eigenvaluesOf, totalDosOf } from './bands.ts'
import { clearRows, column, emptyRows, takeRow, vectors } from './rows.ts'
import { createStepReader } from './step-reader.ts'
import { createStructureReader } from './structure-reader.ts'
import { attribute, type TagSink } from './tag-scanner.ts'
import { numberTag, tagValue } from './tags.ts'
import { createProjectionCollector } from './projected-dos.ts'
import { assembled, emptyParts, type VasprunParts } from './vasprun-parts.ts'
import type { VasprunFile, VasprunSpecies } from './vasprun-file.ts'

/** Large or unused by anyone here: their end is searched for, nothing more. */
const skipped = new Set([
  'projected',
  'dielectricfunction',
  'conductivity',
  'primitive_index',
  'dynmat',
  'procar',
  'eigenvalues_kpoints_opt',
  'projected_kpoints_opt',
  'electronphonon',
  'imagself',
  'response',
  'opticaltransitions',
  'self',
])

const deepest = 48

/** Turns tags into a `VasprunFile`. Where a block belongs is told by the names of the tags around it. */
export function createVasprunReader(takesProjections = false): {
  readonly sink: TagSink
  readonly result: () => VasprunFile | undefined
} {
  const parts = emptyParts()
  const step = createStepReader()
  const structure = createStructureReader()
  const rows = emptyRows()
  const projections = takesProjections ? createProjectionCollector() : undefined
  let path: string[] = []
  let place = ''
  let takesRows = false
  let words: string[] = []

  const sink: TagSink = {
    open(name, attributes) {
      if (skipped.has(name) || (name === 'partial' && projections === undefined)) return 'skip'
      if (name === 'dos' && attribute(attributes, 'comment') === 'kpoints_opt') return 'skip'
      if (name === 'modeling') parts.isVasprun = true
      // A calculation can only begin on top: whatever was left open before it was damaged.
      if (name === 'calculation') {
        finishStep()
        path = ['modeling']
        step.begin()
      }
      if (path.length < deepest) path.push(keyOf(name, attributes))
      place = path.join('/')
      begin(name, attributes)
      return 'read'
    },
    close(name) {
      if (name === 'i' || name === 'c' || name === 'v' || name === 'r' || name === 'time') return
      if (name === 'rc') finishWords()
      const at = path.findLastIndex((key) => key === name || key.startsWith(`${name}:`))
      if (at < 0) return
      finish(name)
      path.length = at
      place = path.join('/')
    },
    leaf(name, attributes, text) {
      if (name === 'c') words.push(text.trim())
      else if (name === 'field' && isPartial()) projections?.field(text)
      else if (name === 'i') takeValue(attribute(attributes, 'name'), attributes, text, false)
      else if (name === 'v') takeValue(attribute(attributes, 'name'), attributes, text, true)
      else if (name === 'time' && attribute(attributes, 'name') === 'totalsc')
        step.elapsed(Number(text.trim().split(/\s+/).at(-1)))
    },
    row(cursor) {
      if (!takesRows) return
      if (place.endsWith('varray:selective')) takeFlags(cursor)
      else takeRow(rows, cursor)
    },
  }

  let flags: (readonly [boolean, boolean, boolean])[] = []

  function begin(name: string, attributes: string): void {
    if (name === 'scstep') step.beginScf()
    else if (name === 'varray' || name === 'array') {
      clearRows(rows)
      flags = []
      parts.spinStarts = []
      parts.bandsPerKpoint = 0
    } else if (name === 'generation') parts.kpointScheme = attribute(attributes, 'param')
    else if (name === 'set') noteSet(attribute(attributes, 'comment').trim())
    takesRows = isWanted(place)
  }

  function isPartial(): boolean {
    return place.includes('dos/partial/array')
  }

  function noteSet(comment: string): void {
    if (isPartial()) noteProjection(comment)
    else if (comment.startsWith('spin')) parts.spinStarts.push(rows.rowCount)
    else if (comment.startsWith('kpoint 2') && parts.bandsPerKpoint === 0)
      parts.bandsPerKpoint = rows.rowCount
  }

  function noteProjection(comment: string): void {
    const number = Number(comment.split(/\s+/)[1])
    if (comment.startsWith('ion')) projections?.ion(number)
    else if (comment.startsWith('spin')) projections?.spin(number)
  }

  function finishProjection(): void {
    if (rows.rowCount > 0) projections?.take(rows, (ion) => elementOfIon(parts, ion))
    clearRows(rows)
  }

  function finish(name: string): void {
    if (name === 'varray') finishRows()
    else if (name === 'set' && isPartial()) finishProjection()
    else if (name === 'array') finishArray()
    else if (name === 'structure') finishStructure()
    else if (name === 'calculation') finishStep()
    else if (name === 'modeling') parts.isComplete = true
    takesRows = false
  }

  function finishRows(): void {
    if (place.endsWith('varray:basis')) structure.basis(rows)
    else if (
      place.endsWith('structure/varray:positions') ||
      place.endsWith('finalpos/varray:positions') ||
      place.endsWith('initialpos/varray:positions')
    )
      structure.positions(rows)
    else if (place.endsWith('varray:selective')) structure.selective(flags)
    else if (isWithinStep('varray:forces')) step.forces((parts.forces = vectors(rows)))
    else if (isWithinStep('varray:stress')) parts.stress = vectors(rows)
    else if (place === 'modeling/kpoints/varray:kpointlist' && parts.kpoints.length === 0)
      parts.kpoints = vectors(rows)
    else if (place === 'modeling/kpoints/varray:weights' && parts.weights.length === 0)
      parts.weights = [...column(rows, 0)]
  }

  // Any depth below: a damaged file may have left other tags open.
  function isWithinStep(key: string): boolean {
    return path[1] === 'calculation' && path.at(-1) === key
  }

  function finishArray(): void {
    if (place.endsWith('eigenvalues/array')) parts.eigenvalues = eigenvaluesOf(rows, parts)
    else if (place.endsWith('dos/total/array')) parts.totalDos = totalDosOf(rows, parts)
  }

  function finishStructure(): void {
    const read = structure.finish()
    if (read === undefined) return
    if (path.at(-1) === 'structure:initialpos') parts.initialStructure ??= read
    else if (path.at(-1) === 'structure:finalpos') parts.finalStructure = read
    else if (path.includes('calculation')) parts.stepStructure = read
  }

  function finishStep(): void {
    const read = step.finish()
    if (read !== undefined) parts.steps.push(read)
  }

  function takeValue(name: string, attributes: string, text: string, isList: boolean): void {
    const section = path[1]
    const value = tagValue(attributes, text, isList)
    if (section === 'incar') parts.incar[name] = value
    else if (section === 'parameters') parts.parameters[name] = value
    else if (section === 'generator') parts.generator[name] = String(value).trim()
    else if (name === 'efermi') parts.fermiEnergyEv = numberTag(value) ?? parts.fermiEnergyEv
    else if (name === 'divisions' && Array.isArray(value))
      parts.divisions = value.filter((count) => typeof count === 'number')
    else if (section === 'calculation' && path.at(-1) === 'energy')
      step.energy(name, numberTag(value) ?? NaN, path.includes('scstep'))
  }

  /** A row of `<c>` words: an ion or a species. */
  function finishWords(): void {
    if (place.includes('array:atoms/')) parts.ions.push({ word: words[0] ?? '', type: Number(words[1]) })
    else if (place.includes('array:atomtypes')) parts.species.push(speciesOf(words))
    words = []
  }

  function takeFlags(cursor: NumberCursor): void {
    const [x, y, z] = atEnd(cursor)
      ? []
      : textOf(cursor.bytes, cursor.at, cursor.end)
          .trim()
          .split(/\s+/)
          .map((word) => /^\.?t/i.test(word))
    flags.push([x ?? true, y ?? true, z ?? true])
  }

  return {
    sink,
    result: () => {
      finishStep()
      parts.projectedDos = projections?.result()
      return parts.isVasprun ? assembled(parts) : undefined
    },
  }
}

function isWanted(place: string): boolean {
  return (
    /varray:(forces|stress|basis|positions|selective|kpointlist|weights)$/.test(place) ||
    /(eigenvalues|dos\/total|dos\/partial)\/array(\/|$)/.test(place)
  )
}

function elementOfIon({ ions, species }: VasprunParts, number: number): string {
  const ion = ions[number - 1]
  return species[(ion?.type ?? 0) - 1]?.symbol ?? ion?.word ?? ''
}

/** `varray:forces`, or the tag's name alone. */
function keyOf(name: string, attributes: string): string {
  const own = attribute(attributes, 'name')
  return own === '' ? name : `${name}:${own}`
}

/** Columns: count, element, mass, valence, TITEL. The element column cuts some names (`X` for Xe), TITEL does not. */
function speciesOf([count = '', element = '', , zval = '', titel = '']: readonly string[]): VasprunSpecies {
  const fromTitel = /^\S+\s+([A-Z][a-z]?)(?:_|\s|$)/.exec(titel)?.[1]
  return { symbol: fromTitel ?? element, count: fortranNumber(count), zval: fortranNumber(zval), titel }
}
