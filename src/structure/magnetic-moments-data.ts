/**
 * Starting moments in μB for ions with open d or f shells, high spin, one above the ideal value where the ion has
 * room: the self-consistent cycle lowers a moment easily and hardly raises it.
 *
 * Ideal spin moments: number of unpaired electrons of the free ion in an octahedral field. Low-spin by habit of oxides:
 * Co3+, Co4+, Ni3+, Ni4+ and the second and third row.
 */
export const startingMomentsMuB: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  Ti: { 2: 3, 3: 1.5, 4: 0 },
  V: { 2: 4, 3: 3, 4: 1.5, 5: 0 },
  Cr: { 2: 5, 3: 4, 4: 3, 5: 1.5, 6: 0 },
  Mn: { 2: 6, 3: 5, 4: 4, 5: 3, 7: 0 },
  Fe: { 2: 5, 3: 6, 4: 5, 5: 4 },
  Co: { 2: 4, 3: 0.6, 4: 1.5 },
  Ni: { 2: 3, 3: 1.5, 4: 0.6 },
  Cu: { 1: 0, 2: 1.5, 3: 0.6 },
  Mo: { 3: 4, 4: 3, 5: 1.5, 6: 0 },
  Nb: { 3: 3, 4: 1.5, 5: 0 },
  Ru: { 3: 1.5, 4: 2.5, 5: 3.5, 6: 2.5 },
  Rh: { 3: 0.6, 4: 1.5 },
  W: { 4: 2.5, 5: 1.5, 6: 0 },
  Re: { 4: 3.5, 5: 2.5, 6: 1.5, 7: 0 },
  Os: { 4: 2.5, 5: 3.5, 6: 2.5, 7: 1.5 },
  Ir: { 3: 0.6, 4: 1.5, 5: 0.6 },
  Ce: { 3: 1.5, 4: 0 },
  Pr: { 3: 2.5 },
  Nd: { 3: 3.5 },
  Sm: { 3: 5.5 },
  Eu: { 2: 7.5, 3: 6.5 },
  Gd: { 3: 7.5 },
  Tb: { 3: 6.5 },
  Dy: { 3: 5.5 },
  Ho: { 3: 4.5 },
  Er: { 3: 3.5 },
  Tm: { 3: 2.5 },
  Yb: { 3: 1.5 },
}
