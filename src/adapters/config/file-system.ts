import { readFile, realpath, statfs } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname } from 'node:path'

/** What the kernel says of the file system that a folder is on. */
export interface FileSystem {
  /** `f_type` of statfs(2). */
  readonly type: number
  /** The word of the mount table, `fuse.sshfs`; FUSE gives all its file systems one number. */
  readonly mount?: string
}

/** @source statfs(2) and linux/magic.h; Lustre, GPFS and BeeGFS from their own headers */
const shared: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0xaad7aaea, 'PanFS'],
  [0x01021997, '9P'],
])

const fuse = 0x65735546
const sharedFuse = /^fuse\.(sshfs|glusterfs|ceph-fuse|s3fs|gcsfuse|rclone|mfs|moosefs|lizardfs|beegfs.*|juicefs|davfs.*|afp.*|smbnetfs)$/

/**
 * The name of the file system when other machines may write it at the same time; undefined for a disk of this machine.
 *
 * Locks and the order of writes do not hold there as a database needs them.
 */
export function sharedFileSystem({ type, mount = '' }: FileSystem): string | undefined {
  // Signed on 32-bit systems.
  const known = shared.get(type >>> 0)
  if (known !== undefined) return known
  return type >>> 0 === fuse && sharedFuse.test(mount) ? mount.replace('fuse.', '') : undefined
}

/** Of a folder, or of the nearest one above it that exists. */
export async function fileSystemOf(folder: string): Promise<FileSystem> {
  // The numbers of other systems mean other things.
  if (platform() !== 'linux') return { type: 0 }
  const found = await statfs(folder).catch(() => undefined)
  if (found === undefined) return dirname(folder) === folder ? { type: 0 } : fileSystemOf(dirname(folder))
  if (found.type >>> 0 !== fuse) return { type: found.type }
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')
  const mount = mountTypeOf(table, await realpath(folder))
  return { type: found.type, ...(mount === undefined ? {} : { mount }) }
}

/** The file-system word of the longest mount point that holds the path. @param table text of /proc/self/mountinfo */
export function mountTypeOf(table: string, path: string): string | undefined {
  const mounts = table.split('\n').map((line) => {
    const [before = '', after = ''] = line.split(' - ')
    const point = (before.split(' ')[4] ?? '').replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    return { point, type: after.split(' ')[0] ?? '' }
  })
  const holding = mounts.filter(({ point }) => point !== '' && (path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`)))
  return holding.sort((a, b) => b.point.length - a.point.length)[0]?.type
}
