import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Transport } from '../../src/ports/transport.ts'

/**
 * What every transport promises. `folder` is an empty folder on the site that the suite may fill.
 */
export function transportContract(name: string, open: () => Promise<{ transport: Transport; folder: string }>): void {
  describe(`${name} keeps the promise of a transport`, () => {
    it('gives exit code, output and errors of a command as a result', async () => {
      const { transport } = await open()

      const result = await transport.run({ program: 'sh', args: ['-c', 'echo out; echo err >&2; exit 7'] })

      expect(result).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' })
    })

    it('hands over arguments untouched, whatever is in them', async () => {
      const { transport } = await open()
      const nasty = ["it's", 'a b', '$(touch x)', '`id`', 'line\nbreak', '*', '"', '\\', 'ü–漢', '-n', '']

      const result = await transport.run({ program: 'printf', args: ['%s\\0', ...nasty] })

      expect(result.stdout.split('\0').slice(0, -1)).toEqual(nasty)
    })

    it('hands over any argument untouched', async () => {
      const { transport } = await open()
      const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'))

      await fc.assert(
        fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
          const result = await transport.run({ program: 'printf', args: ['%s\\0', ...words] })
          expect(result.stdout.split('\0').slice(0, -1)).toEqual(words)
        }),
        { numRuns: 25 },
      )
    })

    it('runs in the folder that is asked for, also one with blanks and quotes', async () => {
      const { transport, folder } = await open()
      const odd = `${folder}/it's a folder`
      await transport.upload([{ path: 'note', content: 'here' }], odd)

      const result = await transport.run({ program: 'cat', args: ['note'], folder: odd })

      expect(result.stdout).toBe('here')
    })

    it('brings a file there and back byte for byte', async () => {
      const { transport, folder } = await open()
      const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) % 256)
      await transport.upload([{ path: 'deep/er/file.bin', content }], folder)

      const received = await collect((into) => transport.download(`${folder}/deep/er/file.bin`, into))

      expect(received.bytes.equals(content)).toBe(true)
      expect(received.result.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    })

    it('leaves no half-written file beside the finished ones', async () => {
      const { transport, folder } = await open()
      await transport.upload([{ path: 'a', content: 'x' }, { path: 'b', content: 'y', executable: true }], folder)

      const listing = await transport.run({ program: 'ls', args: ['-1', folder] })

      expect(listing.stdout.trim().split('\n')).toEqual(['a', 'b'])
    })

    it.each(['/etc/passwd', '../outside', 'a/../../b', '.'])('refuses to write to %s', async (path) => {
      const { transport, folder } = await open()

      await expect(transport.upload([{ path, content: '' }], folder)).rejects.toMatchObject({ code: 'UNSAFE_PATH' })
    })

    it('says that a file is not there', async () => {
      const { transport, folder } = await open()
      const download = collect((into) => transport.download(`${folder}/nothing`, into))

      await expect(download).rejects.toMatchObject({ code: 'REMOTE_FILE_MISSING' })
    })
  })
}

async function collect<T>(download: (into: Writable) => Promise<T>): Promise<{ bytes: Buffer; result: T }> {
  const chunks: Buffer[] = []
  const into = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      done()
    },
  })
  const result = await download(into)
  return { bytes: Buffer.concat(chunks), result }
}
