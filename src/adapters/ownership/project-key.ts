import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'

/**
 * Name of a project folder on this machine: 16 hexadecimal digits of a hash of its real path.
 *
 * Two ways to the same folder (symbolic links, `..`) and two users give the same key.
 */
export async function projectKey(folder: string): Promise<string> {
  const path = await realpath(folder)
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}
