import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { RuntimeFolderUnsafeError } from './ownership-errors.ts'

/** The kernel's limit for a socket's path is 104 (macOS) or 108 bytes. */
const longestSocketPath = 100

/**
 * Path of the socket on which a project's owner answers.
 *
 * @throws RuntimeFolderUnsafeError when its folder belongs to or is open to somebody else
 */
export async function ownerSocketPath(key: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const uid = userInfo().uid
  const candidates = [
    env['XDG_RUNTIME_DIR'] && join(env['XDG_RUNTIME_DIR'], 'dopant'),
    join(tmpdir(), `dopant-${uid}`),
    `/tmp/dopant-${uid}`,
  ]
  const folder =
    candidates.find((each) => each !== undefined && each !== '' && fits(each, key)) ?? `/tmp/dopant-${uid}`
  await makePrivate(folder, uid)
  return join(folder, `${key}.sock`)
}

function fits(folder: string, key: string): boolean {
  return Buffer.byteLength(join(folder, `${key}.sock`)) < longestSocketPath
}

async function makePrivate(folder: string, uid: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(folder)
  if (!found.isDirectory()) throw new RuntimeFolderUnsafeError(folder, 'it is not a folder')
  if (found.uid !== uid) throw new RuntimeFolderUnsafeError(folder, 'it belongs to another user')
  if ((found.mode & 0o077) !== 0) await chmod(folder, 0o700)
}
