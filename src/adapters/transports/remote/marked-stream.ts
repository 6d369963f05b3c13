import { Transform, type TransformCallback } from 'node:stream'
import type { Marker } from './framed-script.ts'

const longestNumber = 16

/** Lets through what stands between the two marks; remembers the end of the chatter before, and the exit code. */
export class MarkedStream extends Transform {
  exitCode: number | undefined
  /** The last bytes of what came before the first mark: the reason, when there never is one. */
  chatter = ''
  /** All that came, whatever it was. */
  bytesSeen = 0
  #started = false
  #held: Buffer = Buffer.alloc(0)
  readonly #marker: Buffer

  constructor(marker: Marker) {
    super({ readableHighWaterMark: 256 * 1024 })
    this.#marker = Buffer.from(marker.text)
  }

  get started(): boolean {
    return this.#started
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.bytesSeen += chunk.length
    if (this.exitCode !== undefined) return done() // a late word of a process left in the background
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    if (!this.#started) this.#findStart()
    if (this.#started) this.#findEnd()
    done()
  }

  override _flush(done: TransformCallback): void {
    if (!this.#started) this.#remember(this.#held)
    done(this.exitCode === undefined ? new EndMissing() : null)
  }

  #findStart(): void {
    const end = this.#afterMark()
    if (end !== undefined) {
      this.#held = this.#held.subarray(end.next)
      this.#started = true
      this.emit('started')
    } else if (this.#held.length > 2 * this.#keep) {
      this.#remember(this.#held.subarray(0, -this.#keep))
      this.#held = Buffer.from(this.#held.subarray(-this.#keep))
    }
  }

  #findEnd(): void {
    const end = this.#afterMark()
    if (end !== undefined) {
      this.exitCode = end.value
      if (end.at > 0) this.push(this.#held.subarray(0, end.at))
      this.#held = Buffer.alloc(0)
      this.push(null)
      this.emit('finished')
    } else this.#passOn()
  }

  /** All but what may be the beginning of the mark. */
  #passOn(): void {
    const first = this.#held.indexOf(this.#marker.subarray(0, 8), Math.max(0, this.#held.length - this.#keep))
    const safe = first >= 0 ? first : Math.max(0, this.#held.length - 8)
    if (safe > 0) this.push(this.#held.subarray(0, safe))
    this.#held = this.#held.subarray(safe)
  }

  #afterMark(): { at: number; next: number; value: number } | undefined {
    const at = this.#held.indexOf(this.#marker)
    const newline = at < 0 ? -1 : this.#held.indexOf(10, at + this.#marker.length)
    if (newline < 0) return undefined
    const value = Number(this.#held.subarray(at + this.#marker.length, newline).toString('latin1'))
    return { at, next: newline + 1, value }
  }

  #remember(bytes: Buffer): void {
    this.chatter = `${this.chatter}${bytes.subarray(-400).toString('utf8')}`.slice(-400)
  }

  get #keep(): number {
    return this.#marker.length + longestNumber
  }
}

/** The stream ended before its second mark. */
export class EndMissing extends Error {}
