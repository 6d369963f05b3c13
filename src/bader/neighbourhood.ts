import type { VoxelMesh } from './voxel-mesh.ts'

/** Does any of the 26 neighbours carry another label than the point itself? */
export function borderTest(mesh: VoxelMesh, labels: Int32Array): (index: number) => boolean {
  const around = neighbourLister(mesh)
  return (index) => {
    const neighbours = around(index)
    const own = labels[index]
    for (let n = 0; n < 27; n++) if (labels[neighbours[n]!] !== own) return true
    return false
  }
}

/** The indices of a point's 3×3×3 surroundings, itself at place 13. The returned array is reused by the next call. */
export function neighbourLister(mesh: VoxelMesh): (index: number) => Int32Array {
  const { shiftA, shiftB, shiftC } = mesh
  const [nx, ny] = mesh.shape
  const found = new Int32Array(27)
  return (index) => {
    const plane = (index / nx) | 0
    const i = 3 * (index - plane * nx)
    const k = (plane / ny) | 0
    const j = 3 * (plane - k * ny)
    let n = 0
    for (let da = 0; da < 3; da++) {
      const alongA = index + shiftA[i + da]!
      for (let db = 0; db < 3; db++) {
        const alongB = alongA + shiftB[j + db]!
        for (let dc = 0; dc < 3; dc++) found[n++] = alongB + shiftC[3 * k + dc]!
      }
    }
    return found
  }
}
