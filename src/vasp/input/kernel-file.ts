/**
 * Does this VASP read the kernel of vdW-DF from `vdw_kernel.bindat`? Until 6.4.2 it does.
 *
 * @param version as a site states it, `6.4.2` or `5.4.4.18Apr17`
 * @source https://vasp.at/wiki/Nonlocal_vdW-DF_functionals
 */
export function needsKernelFile(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0)
  return major < 6 || (major === 6 && (minor < 4 || (minor === 4 && patch < 3)))
}
