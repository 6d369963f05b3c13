import { signal } from '@preact/signals'
import { calculationStates } from '../../../workflow/calculation-state.ts'
import { stateLooks } from '../state-look.ts'
import { Dialog } from './dialog.tsx'
import { StateWord } from './state-mark.tsx'

export const helpIsOpen = signal(false)

const keys = [
  ['s', 'Screens'],
  ['q', 'Queue'],
  ['r', 'Results'],
  ['c', 'Sites and their check'],
  ['/', 'Search on this page'],
  ['← ↑ ↓ →', 'Move in the matrix; Enter opens'],
  ['Home End PageUp ↓', 'Longer ways in the matrix; with Ctrl to its corners'],
  ['t', 'Light, dark, or as the machine'],
  ['?', 'This help'],
] as const

export function ShortcutsHelp() {
  if (!helpIsOpen.value) return null
  const close = (): void => void (helpIsOpen.value = false)
  return (
    <Dialog title="Keys and signs" onClose={close}>
      <dl class="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <dl class="keys">
        {calculationStates.map((state) => (
          <div key={state}>
            <dt>
              <StateWord state={state} />
            </dt>
            <dd>{stateLooks[state].meaning}</dd>
          </div>
        ))}
      </dl>
      <div class="buttons">
        <button class="main" onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  )
}
