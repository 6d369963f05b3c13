import type { FigureInfo } from '../../../api-types.ts'
import { isDark } from '../../theme.ts'

/** A figure as the report draws it, in the colours of the page; saved in those of paper. */
export function FigureCard({ figure: { name, title, caption }, screen, again }: { figure: FigureInfo; screen: string; again: number }) {
  const address = (theme: string, more: Readonly<Record<string, string>>): string => `/api/figure?${new URLSearchParams({ screen, name, theme, ...more }).toString()}`
  return (
    <figure class="card figure">
      <figcaption>
        <h2>{title}</h2>
        <a href={address('light', { save: '1' })} download={`${name}.svg`}>
          Save as SVG
        </a>
      </figcaption>
      <img src={address(isDark() ? 'dark' : 'light', { again: String(again) })} alt={`${title}. ${caption}`} loading="lazy" />
      <p class="quiet">{caption}</p>
    </figure>
  )
}
