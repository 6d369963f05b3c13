import { effect, signal } from '@preact/signals'

/** `system` follows the machine. */
export type ThemeChoice = 'system' | 'light' | 'dark'

const key = 'dopant-theme'
const system = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = signal(system.matches)
system.addEventListener('change', ({ matches }) => (systemIsDark.value = matches))

export const themeChoice = signal<ThemeChoice>(kept())

export function isDark(): boolean {
  return themeChoice.value === 'dark' || (themeChoice.value === 'system' && systemIsDark.value)
}

/** Keeps the root's attribute, which the styles look at, and remembers the choice in this browser. */
export function applyTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light'
    localStorage.setItem(key, themeChoice.value)
  })
}

function kept(): ThemeChoice {
  const text = localStorage.getItem(key)
  return text === 'light' || text === 'dark' ? text : 'system'
}
