import { posix } from 'node:path'
import { UnsafePathError } from '../../ports/transport-errors.ts'

/** The normalised path when it stays inside its folder. @throws UnsafePathError otherwise */
export function safeRelativePath(path: string): string {
  const normal = posix.normalize(path)
  const leaves = posix.isAbsolute(normal) || normal === '..' || normal.startsWith('../') || path.includes('\0')
  if (leaves || normal === '.') throw new UnsafePathError(path)
  return normal
}
