import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { userInfo } from 'node:os'

/**
 * Name of a project folder on this machine: 16 hexadecimal digits of a hash of its real path and the user.
 *
 * Two ways to the same folder (symbolic links, `..`) give the same key.
 */
export async function projectKey(folder: string): Promise<string> {
  const path = await realpath(folder)
  return createHash('sha256').update(`${userInfo().uid}\0${path}`).digest('hex').slice(0, 16)
}
