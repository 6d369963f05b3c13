import type { Readable } from 'node:stream'

/** The first line of a stream without its end; the rest stays to be read. Empty when the stream ends first. */
export function readLine(from: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const settle = (act: () => void): void => {
      from.off('readable', take).off('end', ended).off('error', failed).off('close', closed)
      act()
    }
    const ended = (): void => settle(() => resolve(''))
    const failed = (error: Error): void => settle(() => reject(error))
    const closed = (): void => failed(new Error('closed'))
    const take = (): void => {
      for (let chunk = from.read() as Buffer | null; chunk !== null; chunk = from.read() as Buffer | null) {
        const newline = chunk.indexOf(10)
        text += chunk.subarray(0, newline < 0 ? undefined : newline).toString('utf8')
        if (newline < 0) continue
        if (newline + 1 < chunk.length) from.unshift(chunk.subarray(newline + 1))
        return settle(() => resolve(text))
      }
    }
    from.on('readable', take).on('end', ended).on('error', failed).on('close', closed)
  })
}
