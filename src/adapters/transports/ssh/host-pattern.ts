/**
 * OpenSSH's patterns: `*` and `?`, and `!` that takes back. A list matches when one of it does and none of the negated ones.
 * Source: ssh_config(5), "PATTERNS".
 */
export function matchesPatterns(name: string, patterns: readonly string[]): boolean {
  const hits = patterns.filter((pattern) => matches(name, pattern.replace(/^!/, '')))
  return hits.length > 0 && !hits.some((pattern) => pattern.startsWith('!'))
}

function matches(name: string, pattern: string): boolean {
  const source = pattern.replaceAll(/[^A-Za-z0-9]/g, (sign) => wildcards[sign] ?? `\\${sign}`)
  return new RegExp(`^${source}$`, 'is').test(name)
}

const wildcards: Readonly<Record<string, string>> = { '*': '.*', '?': '.', '-': '-', _: '_' }
