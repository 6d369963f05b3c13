import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failedNodes } from '../../src/recovery/failed-nodes.ts'
import { expandNodeList, mostNodesOfList } from '../../src/recovery/node-list.ts'

describe('a list of nodes', () => {
  it.each([
    ['cn07', ['cn07']],
    ['cn07.cluster.example.org,gpu3', ['cn07.cluster.example.org', 'gpu3']],
    ['cn[01-04,07],gpu3', ['cn01', 'cn02', 'cn03', 'cn04', 'cn07', 'gpu3']],
    ['cn[8-11]', ['cn8', 'cn9', 'cn10', 'cn11']],
    ['cn[098-101]', ['cn098', 'cn099', 'cn100', 'cn101']],
    ['rack[1-2]n[0,3]-ib', ['rack1n0-ib', 'rack1n3-ib', 'rack2n0-ib', 'rack2n3-ib']],
    ['login1,cn[1-2],cn[2-3]', ['login1', 'cn1', 'cn2', 'cn3']],
  ])('of Slurm: %s', (text, names) => {
    expect(expandNodeList(text)).toEqual(names)
  })

  it.each([
    ['node1/0*4+node2/1', ['node1', 'node2']],
    ['node1/0+node1/1+node2/0', ['node1', 'node2']],
    ['node1.example.org/0-3,7+node2/0', ['node1.example.org', 'node2']],
  ])('of PBS and Torque: %s', (text, names) => {
    expect(expandNodeList(text)).toEqual(names)
  })

  it.each([
    ['4*host1:2*host2', ['host1', 'host2']],
    ['host1', ['host1']],
    ['host1:host1:host2', ['host1', 'host2']],
    ['host1 4 host2 2', ['host1', 'host2']],
    ['host1,4,host2,2,', ['host1', 'host2']],
  ])('of LSF: %s', (text, names) => {
    expect(expandNodeList(text)).toEqual(names)
  })

  it.each(['', ' ', 'cn[', 'cn[1-', 'cn[3-1]', 'cn[a-b]', 'cn[1-2', 'cn1-2]', 'cn[[1-2]]', 'cn[]', '-w', '$(id)', "a' || 'b", 'node1/x+node2/0', 'node1//0', '(null)', '[1-2,'])('is not %j', (text) => {
    expect(expandNodeList(text)).toBeUndefined()
  })

  it('is written out only as far as one fault can reach, and counted before: a range of a thousand million takes no memory', () => {
    const before = process.memoryUsage().heapUsed

    for (const text of ['cn[0-999999999]', 'cn[1-9999][1-9999][1-9999][1-9999]', `cn[${'1-999999999,'.repeat(500)}1]`, 'cn[0-64]']) expect(expandNodeList(text)).toBeUndefined()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20e6)
    expect(expandNodeList('cn[1-64]')).toHaveLength(mostNodesOfList)
    expect(expandNodeList('cn[1-64],gpu1')).toBeUndefined()
    expect(expandNodeList(Array(5000).fill('cn[1-2]').join(','))).toBeUndefined()
  })

  it('comes back from the ranges that Slurm would write for it, with zeros in front or without', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: mostNodesOfList })
    fc.assert(
      fc.property(numbers, fc.constantFrom('cn', 'rack1-n', 'gpu.'), fc.boolean(), fc.constantFrom('', '-ib', '.example.org'), (chosen, prefix, isPadded, suffix) => {
        const sorted = chosen.toSorted((a, b) => a - b)
        const number = (value: number): string => (isPadded ? String(value).padStart(3, '0') : String(value))

        expect(expandNodeList(`${prefix}[${rangesOf(sorted).map(([a, b]) => (a === b ? number(a) : `${number(a)}-${number(b)}`)).join(',')}]${suffix}`)).toEqual(sorted.map((value) => `${prefix}${number(value)}${suffix}`))
      }),
    )
  })

  it('is the same in the words of every batch system', () => {
    const name = fc.stringMatching(/^[a-z]{1,4}[0-9]{1,3}$/)
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 64 }), (names, cores) => {
        expect(expandNodeList(names.join(','))).toEqual(names)
        expect(expandNodeList(names.map((each, n) => `${each}/${n}*${cores}`).join('+'))).toEqual(names)
        expect(expandNodeList(names.map((each) => `${cores}*${each}`).join(':'))).toEqual(names)
        expect(expandNodeList(names.map((each) => `${each} ${cores}`).join(' '))).toEqual(names)
      }),
    )
  })

  it('gives nothing but names, whatever the text is', () => {
    const letters = fc.array(fc.constantFrom('cn', '1', '0', '9', '[', ']', ',', '-', '+', '*', ':', '/', ' ', '.', '$', "'"), { maxLength: 30 }).map((some) => some.join(''))
    fc.assert(
      fc.property(fc.oneof(letters, fc.string()), (text) => {
        const names = expandNodeList(text) ?? []

        expect(new Set(names).size).toBe(names.length)
        expect(names.length).toBeLessThanOrEqual(mostNodesOfList)
        for (const each of names) expect(each).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('nodes that messages name', () => {
  it('are each node of a list', () => {
    expect(failedNodes('srun: error: Node failure on cn[01-02,07],gpu3\n')).toEqual(['cn01', 'cn02', 'cn07', 'gpu3'])
    expect(failedNodes('srun: error: cn[11-12]: tasks 0-3,8: Bus error\n')).toEqual(['cn11', 'cn12'])
    expect(failedNodes('srun: error: Node failure on cn042.\nError: Node failure on cn043, giving up\n')).toEqual(['cn042', 'cn043'])
    expect(failedNodes('srun: error: Task launch for StepId=7.0 failed on node cn03: Communication connection failure\n')).toEqual(['cn03'])
  })

  it('are none where a whole partition is named', () => {
    expect(failedNodes('srun: error: Node failure on cn[0001-2000]')).toEqual([])
  })
})

/** Runs of neighbours. */
function rangesOf(sorted: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = []
  for (const value of sorted) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === value - 1) last[1] = value
    else ranges.push([value, value])
  }
  return ranges
}
