const innerWidth = 77

const warningLetters = [
  '          W    W    AA    RRRRR   N    N  II  N    N   GGGG   !!!',
  '          W    W   A  A   R    R  NN   N  II  NN   N  G    G  !!!',
  '          W    W  A    A  R    R  N N  N  II  N N  N  G       !!!',
  '          W WW W  AAAAAA  RRRRR   N  N N  II  N  N N  G  GGG   !',
  '          WW  WW  A    A  R   R   N   NN  II  N   NN  G    G',
  '          W    W  A    A  R    R  N    N  II  N    N   GGGG   !!!',
]

const errorLetters = [
  '          EEEEEEE  RRRRRR   RRRRRR   OOOOOOO  RRRRRR      ###     ###',
  '          E        R     R  R     R  O     O  R     R     ###     ###',
  '          E        R     R  R     R  O     O  R     R     ###     ###',
  '          EEEEE    RRRRRR   RRRRRR   O     O  RRRRRR       #       #',
  '          E        R   R    R   R    O     O  R   R',
  '          E        R    R   R    R   O     O  R    R      ###     ###',
  '          EEEEEEE  R     R  R     R  OOOOOOO  R     R     ###     ###',
]

/** The framed notices that VASP 6 prints to standard output and OUTCAR. */
export function warningBox(paragraph: string): string {
  return framed([...warningLetters, '', ...wrapped(paragraph)])
}

export function errorBox(paragraphs: readonly string[]): string {
  const body = paragraphs.flatMap((paragraph) => [...wrapped(paragraph), ''])
  return framed([
    ...errorLetters,
    '',
    ...body,
    '      ---->  I REFUSE TO CONTINUE WITH THIS SICK JOB ... BYE!!! <----',
  ])
}

function framed(lines: readonly string[]): string {
  const edge = ` ${'-'.repeat(innerWidth)}\n`
  const inside = ['', ...lines, ''].map((line) => `|${line.padEnd(innerWidth)}|\n`).join('')
  return edge + inside + edge
}

function wrapped(paragraph: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/\s+/)) {
    if (line.length + word.length + 1 > innerWidth - 10) {
      lines.push(line)
      line = ''
    }
    line += (line === '' ? '' : ' ') + word
  }
  return [...lines, line].map((text) => `     ${text}`)
}
