/** PostgreSQL's text cannot hold the character NUL, which broken output files do contain. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

/** JSON text for a `json` column; numbers come back to the last bit. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null).replaceAll(escapedNul, '$1\\ufffd')
}

// An even number of backslashes before it: otherwise it is a backslash followed by the letters u0000. Halves of surrogate pairs are
// escaped by JSON.stringify only where the other half is missing.
const escapedNul = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g
