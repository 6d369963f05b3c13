/** Processor time of a call in ms: unlike the clock it does not grow when other programs share the machine. */
export function processorMilliseconds(call: () => unknown): number {
  const before = process.cpuUsage()
  call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
