import { randomBytes } from 'node:crypto'

/**
 * The one line that a login shell ever sees. It means the same in sh, bash, zsh, csh, tcsh and fish: single quotes without
 * a `!`, a backslash or a quote inside. The script proper follows as the first line of the input, where no login shell
 * reads it; `read` takes byte after byte, so that what comes behind it is left for the program.
 */
export const loginLine = `exec /bin/sh -c 'IFS= read -r s; eval "$(printf %b "$s")"'`

/** A text that occurs nowhere else, in two halves: a shell that echoes its script never shows it whole. */
export interface Marker {
  readonly halves: readonly [string, string]
  readonly text: string
}

export function newMarker(): Marker {
  const halves: [string, string] = [
    `dopant-${randomBytes(8).toString('hex')}`,
    `-${randomBytes(8).toString('hex')}:`,
  ]
  return { halves, text: halves.join('') }
}

/** The script between two marks on stdout and stderr, the second with its exit code; encoded as one line. */
export function framedScript(script: string, marker: Marker): string {
  const words = marker.halves.map((half) => `'${half}'`).join(' ')
  const framed = [
    'unset CDPATH',
    `printf '%s%s0\\n' ${words}; printf '%s%s0\\n' ${words} >&2`,
    `(${script}`,
    ')',
    `_dopant_code=$?`,
    `printf '%s%s%d\\n' ${words} "$_dopant_code"; printf '%s%s%d\\n' ${words} "$_dopant_code" >&2`,
  ].join('\n')
  return `${oneLine(framed)}\n`
}

/** For `printf %b`: a backslash and a newline as octal numbers, everything else as it is. */
function oneLine(text: string): string {
  return text.replaceAll('\\', '\\0134').replaceAll('\n', '\\0012')
}
