import type { Check } from './check.ts'

export const fftGridCheck: Check = {
  name: 'fft_grid',
  asks: 'Are the FFT grids as fine as VASP wants them?',
  finds: ({ outcar }) => {
    const isTooSmall = outcar.boxes.some(({ text }) =>
      text.replace(/\s+/g, ' ').includes('FFT grids (NGX,NGY,NGZ) are not sufficient'),
    )
    return isTooSmall ? 'VASP calls the FFT grids not sufficient for an accurate calculation' : undefined
  },
}
