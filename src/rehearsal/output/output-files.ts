import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The files that grow during a run. Everything is handed to the system at once, so that a kill leaves what VASP would. */
export interface OutputFiles {
  outcar(text: string): void
  oszicar(text: string): void
  vasprun(text: string): void
  xdatcar(text: string): void
  /** Writes a whole file anew. */
  replace(name: string, text: string): void
  close(): void
}

export function openOutputFiles(folder: string): OutputFiles {
  const open = (name: string) => openSync(join(folder, name), 'w')
  const files = {
    outcar: open('OUTCAR'),
    oszicar: open('OSZICAR'),
    vasprun: open('vasprun.xml'),
    xdatcar: open('XDATCAR'),
  }
  return {
    outcar: (text) => void writeSync(files.outcar, text),
    oszicar: (text) => void writeSync(files.oszicar, text),
    vasprun: (text) => void writeSync(files.vasprun, text),
    xdatcar: (text) => void writeSync(files.xdatcar, text),
    replace: (name, text) => writeFileSync(join(folder, name), text),
    close: () => Object.values(files).forEach((file) => closeSync(file)),
  }
}
