import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { link, questions } from '../live/start-live.ts'
import { project } from '../live/project.ts'
import { goTo, place } from '../router.ts'
import { themeChoice, type ThemeChoice } from '../theme.ts'
import { Confirmation } from './confirmation.tsx'
import { helpIsOpen, ShortcutsHelp } from './shortcuts-help.tsx'
import { Link } from './link.tsx'
import { Questions } from './questions.tsx'
import { Notices } from './notices.tsx'

const tabs = [
  { path: '/', words: 'Screens', key: 's', owns: ['', 'screen', 'calculation'] },
  { path: '/queue', words: 'Queue', key: 'q', owns: ['queue'] },
  { path: '/results', words: 'Results', key: 'r', owns: ['results'] },
  { path: '/sites', words: 'Sites', key: 'c', owns: ['sites'] },
] as const

/** What surrounds every page. */
export function Frame({ children }: { children: ComponentChildren }) {
  useShortcuts()
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="top">
        <Link to="/" class="brand" aria-label="dopant, to the screens">
          <Mark />
          <span>dopant</span>
        </Link>
        <Tabs />
        <div class="top-end">
          <LinkState />
          <ThemeButton />
          <button class="icon" aria-label="Keys and signs" title="Keys and signs (?)" onClick={() => (helpIsOpen.value = true)}>
            ?
          </button>
        </div>
      </header>
      {questions.value.length > 0 && <Questions />}
      <main id="main">{children}</main>
      <Notices />
      <Confirmation />
      <ShortcutsHelp />
    </>
  )
}

function Tabs() {
  const first = place.value.path.split('/')[1] ?? ''
  return (
    <nav class="tabs" aria-label="Pages">
      {tabs.map(({ path, words, owns }) => (
        <Link key={path} to={path} aria-current={(owns as readonly string[]).includes(first) ? 'page' : undefined}>
          {words}
        </Link>
      ))}
    </nav>
  )
}

const linkWords = { starting: 'Connecting', live: 'Live', away: 'Connection lost' } as const

function LinkState() {
  const name = project.value?.project
  const engine = project.value?.hasEngine === false ? ' · no engine here' : ''
  return (
    <span class={`link-state is-${link.value}`} role="status">
      <i aria-hidden="true" />
      {linkWords[link.value]}
      {name !== undefined && <span class="project">{` · ${name}${engine}`}</span>}
    </span>
  )
}

const nextTheme: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' }
const themeSigns: Readonly<Record<ThemeChoice, string>> = { system: '◐', light: '○', dark: '●' }

function ThemeButton() {
  const choice = themeChoice.value
  const words = `Colours: ${choice === 'system' ? 'as the machine' : choice}`
  return (
    <button class="icon" aria-label={words} title={`${words} (t)`} onClick={() => (themeChoice.value = nextTheme[choice])}>
      {themeSigns[choice]}
    </button>
  )
}

function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <path class="mark-cell" d="M16 2.5 27.7 9.2v13.6L16 29.5 4.3 22.8V9.2z" />
      <circle class="mark-dopant" cx="16" cy="16" r="5" />
    </svg>
  )
}

/** Single keys, as long as nobody writes and no dialog is open. */
function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement
      if (event.metaKey || event.ctrlKey || event.altKey || target.matches('input, textarea, select') || document.querySelector('dialog[open]') !== null) return
      const tab = tabs.find(({ key }) => key === event.key)
      if (tab !== undefined) goTo(tab.path)
      else if (event.key === '?') helpIsOpen.value = true
      else if (event.key === 't') themeChoice.value = nextTheme[themeChoice.value]
      else if (event.key === '/') document.querySelector<HTMLInputElement>('main input[type=search]')?.focus()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
