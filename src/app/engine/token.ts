import { createHash } from 'node:crypto'

/**
 * The name of an attempt's job: the same for the same project, calculation and attempt, letter first, 15 characters,
 * the longest name that every batch system shows uncut.
 */
export function attemptToken(projectId: string, calculationId: string, attempt: number): string {
  const digest = createHash('sha256').update(`${projectId}\n${calculationId}\n${attempt}`).digest()
  const digits = [...digest].map((byte) => alphabet[byte % alphabet.length])
  return `d${digits.slice(0, 14).join('')}`
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
