import { ascii, indexOfWord, skipBlanks, startsWith } from '../text/bytes.ts'
import { createNumberCursor, nextNumber, pointAt } from '../text/number.ts'
import { finite, numberAfter, type Line, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

const iteration = ascii('Iteration')
const ionicStep = ascii('Ionic step')
const reached = ascii('aborting loop because EDIFF is reached')
const notReached = ascii('aborting loop EDIFF was not reached')
const colon = ascii(':')
const openingBracket = 40

/** Electronic steps: how many, the last change of energy, and how the loop ended. */
export function scfSection(timeline: Timeline): Section {
  const cursor = createNumberCursor()

  // `-------- Iteration    1(   2)  -----`; most such lines are mere rulers.
  function onDashes(line: Line): void {
    const { bytes, end } = line
    let at = line.after
    while (at < end && bytes[at] === 45) at++
    at = skipBlanks(bytes, at, end)
    if (at === end) return
    if (startsWith(bytes, at, end, iteration)) beginIteration(line, at + iteration.length)
    else if (startsWith(bytes, at, end, reached)) timeline.current().loopEnd = 'reached'
    else if (startsWith(bytes, at, end, notReached)) timeline.current().loopEnd = 'not-reached'
    else if (startsWith(bytes, at, end, ionicStep)) timeline.beginMachineLearned()
  }

  // `Iteration    1(   2)`: ionic and electronic number. Linear response counts its own loops as `Iteration (   2)`.
  function beginIteration(line: Line, from: number): void {
    pointAt(cursor, line.bytes, from, line.end)
    const ionic = nextNumber(cursor)
    if (line.bytes[cursor.at] !== openingBracket || cursor.at === skipBlanks(line.bytes, from, line.end)) return
    const electronic = nextNumber(pointAt(cursor, line.bytes, cursor.at + 1, line.end))
    timeline.beginIteration(finite(ionic), finite(electronic))
  }

  return {
    markers: {
      '--------': onDashes,
      'ML FORCE on cell': () => timeline.beginMachineLearned(),
      'total energy-change': (line) => {
        const at = indexOfWord(line.bytes, line.first, line.end, colon)
        line.after = at < 0 ? line.end : at
        timeline.current().lastEnergyChangeEv = numberAfter(line)
      },
    },
  }
}
