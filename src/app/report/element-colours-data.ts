/** Colours that structure pictures usually have, so that oxygen is red; light enough for both backgrounds. */
const colours: Readonly<Record<string, string>> = {
  H: '#d9d9d9', Li: '#86df73', B: '#1fa20f', C: '#7a6a4f', N: '#7d8be8', O: '#e8402a', F: '#8fcf5a', Na: '#f0c419', Mg: '#f2a63a',
  Al: '#81b2d6', Si: '#3f6fd1', P: '#d9699c', S: '#e6c000', Cl: '#31c04a', K: '#9c5fc7', Ca: '#5a96bd', Ti: '#78c9ff', V: '#c9584d',
  Cr: '#2b3fa0', Mn: '#a8329c', Fe: '#b5711c', Co: '#2a3bd0', Ni: '#a3a7ae', Cu: '#3a5fdc', Zn: '#8f8fa1', Ga: '#9ed96f', Ge: '#7e6ea6',
  Y: '#5fb3a6', Zr: '#1fb06c', Nb: '#4bb3a0', Mo: '#a98ab5', Sn: '#9b8fba', Sb: '#d08fc0', W: '#8d7f75',
} // prettier-ignore

export function elementColour(element: string): string {
  return colours[element] ?? '#9aa0a6'
}
