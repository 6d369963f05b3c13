/**
 * What an archive holds of a run. A list of what may go in, so that nothing licensed or huge gets in by accident: no POTCAR (VASP's licence),
 * no `vdw_kernel.bindat`, no WAVECAR, no densities. Job scripts stay out too: they name accounts and folders of the site.
 */
export const archivedNames = [
  'INCAR', 'KPOINTS', 'POSCAR', 'POTCAR.spec', 'CONTCAR', 'OUTCAR', 'OSZICAR', 'XDATCAR', 'vasprun.xml', 'DOSCAR', 'EIGENVAL',
  'vasp.out', 'ACF.dat', 'bader.out',
] as const // prettier-ignore

/** A POTCAR's data end with this line, which no file of ours holds. */
export const potcarMark = 'End of Dataset'
