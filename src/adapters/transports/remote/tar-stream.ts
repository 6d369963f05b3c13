const block = 512

export interface TarFile {
  /** Plain and short: our own numbers, never a name from outside. */
  readonly name: string
  readonly content: Uint8Array
  readonly executable: boolean
}

/** A ustar archive. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
export function tarArchive(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap((file) => [header(file), file.content, padding(file.content.length)])
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

function header({ name, content, executable }: TarFile): Buffer {
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, 'latin1')
  bytes.write(octal(executable ? 0o755 : 0o644, 8), 100, 'latin1')
  bytes.write(octal(0, 8), 108, 'latin1')
  bytes.write(octal(0, 8), 116, 'latin1')
  bytes.write(octal(content.length, 12), 124, 'latin1')
  bytes.write(octal(0, 12), 136, 'latin1')
  bytes.write('        0', 148, 'latin1') // the checksum counts its own field as blanks; 0 is a regular file
  bytes.write('ustar\u000000', 257, 'latin1')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${octal(sum, 7)} `, 148, 'latin1')
  return bytes
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`
}

function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block)
}
