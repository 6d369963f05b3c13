/** What the link carries, learned from transfers that went uncompressed. */
export interface LinkSpeed {
  /** True when compressing would cost more time than it saves; undefined as long as nothing is known. */
  readonly isFast: boolean | undefined
  record(rawBytes: number, seconds: number): void
}

const enoughBytes = 256 * 1024
// gzip -1 makes about 60-100 MB/s on a login node's core: above that the wire is quicker than the compressor.
const fastBytesPerSecond = 60e6

export function linkSpeed(): LinkSpeed {
  let known: number | undefined
  return {
    get isFast() {
      return known === undefined ? undefined : known > fastBytesPerSecond
    },
    record(rawBytes, seconds) {
      if (rawBytes < enoughBytes || seconds <= 0) return
      const now = rawBytes / seconds
      known = known === undefined ? now : 0.5 * (known + now)
    },
  }
}

/** The first file of middling size goes raw, to measure with; a large one is compressed on suspicion. */
export function worthTrying(link: LinkSpeed, bytes: number): boolean {
  if (bytes < 16 * 1024 || link.isFast === true) return false
  return link.isFast === false || bytes < enoughBytes || bytes > 4 * 1024 * 1024
}
