/** Colours of a figure. `light` prints; `dark` is for screens. */
export interface Theme {
  readonly name: ThemeName
  readonly background: string
  readonly ink: string
  readonly muted: string
  readonly grid: string
  /** In order of use; told apart also by colour-blind readers. */
  readonly colours: readonly string[]
  /** The axis on the right and what is read on it. */
  readonly accent: string
  readonly watermark: string
}

export type ThemeName = 'light' | 'dark'

/**
 * Blue, orange, bluish green, reddish purple, vermillion, sky blue and yellow, without black.
 *
 * @source Okabe and Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color/
 */
const okabeIto = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#D55E00', '#56B4E9', '#F0E442'] as const

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    name: 'light',
    background: '#ffffff',
    ink: '#1a1a1a',
    muted: '#5f5f5f',
    grid: '#e2e2e2',
    // Yellow disappears on white, so it is darker here.
    colours: [...okabeIto.slice(0, 6), '#A89B00'],
    accent: '#B85000',
    watermark: '#f0dada',
  },
  dark: {
    name: 'dark',
    background: '#16181c',
    ink: '#e8e8e8',
    muted: '#a4a9b0',
    grid: '#33373d',
    // Blue and vermillion are too dark for black, so both are lighter here.
    colours: ['#4AA3DF', '#E69F00', '#2BC49A', '#DE96BE', '#F08A4B', '#8FD3F7', '#F0E442'],
    accent: '#F08A4B',
    watermark: '#3a2628',
  },
}
