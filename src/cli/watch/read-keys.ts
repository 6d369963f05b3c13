/** Names of keys that send more than one byte, or none that can be seen. */
const named: Readonly<Record<string, string>> = {
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  '\u001b[C': 'right',
  '\u001bOC': 'right',
  '\u001b[D': 'left',
  '\u001bOD': 'left',
  '\u001b[5~': 'page-up',
  '\u001b[6~': 'page-down',
  '\u001b[H': 'home',
  '\u001bOH': 'home',
  '\u001b[1~': 'home',
  '\u001b[F': 'end',
  '\u001bOF': 'end',
  '\u001b[4~': 'end',
  '\r': 'enter',
  '\n': 'enter',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
  '\u0015': 'ctrl-u',
}
// A key that is none of ours, such as F5 or a mouse that was left on, is one sequence and never its letters.
// eslint-disable-next-line no-control-regex -- terminals send control characters
const sequence = /\u001b(?:\[[0-9;?<]*[ -/]*[@-~]|O[A-Za-z])|[\s\S]/gu

/** Keys in what a terminal sent: a name, or the character itself; what is unknown is left out. */
export function readKeys(sent: string): readonly string[] {
  return (sent.match(sequence) ?? []).flatMap((piece) => {
    const name = named[piece]
    if (name !== undefined) return [name]
    return piece.length > 2 || piece < ' ' ? [] : [piece]
  })
}
