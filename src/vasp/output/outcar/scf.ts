import { ascii, indexOfWord, skipBlanks } from '../text/bytes.ts'
import { createNumberCursor, nextNumber, pointAt } from '../text/number.ts'
import { contains, finite, numberAfter, type Line, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

const iteration = ascii('Iteration')
const ionicStep = ascii('Ionic step')
const reached = ascii('aborting loop because EDIFF is reached')
const notReached = ascii('EDIFF was not reached')
const colon = ascii(':')
const openingBracket = 40

/** Electronic steps: how many, the last change of energy, and how the loop ended. */
export function scfSection(timeline: Timeline): Section {
  const cursor = createNumberCursor()

  function onDashes(line: Line): void {
    const at = indexOfWord(line.bytes, line.first, line.end, iteration)
    if (at >= 0) beginIteration(line, at + iteration.length)
    else if (contains(line, reached)) timeline.current().loopEnd = 'reached'
    else if (contains(line, notReached)) timeline.current().loopEnd = 'not-reached'
    else if (contains(line, ionicStep)) timeline.beginMachineLearned()
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
