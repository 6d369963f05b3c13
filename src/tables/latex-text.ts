/** What TeX reads as commands, and the letters of our tables that a plain LaTeX font does not have. */
const replacements: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'], ['&', '\\&'], ['%', '\\%'], ['$', '\\$'], ['#', '\\#'], ['_', '\\_'], ['{', '\\{'],
  ['[', '{[}'], ['}', '\\}'], ['~', '\\textasciitilde{}'], ['^', '\\textasciicircum{}'], ['|', '\\textbar{}'], ['<', '\\textless{}'],
  ['>', '\\textgreater{}'], ['–', '--'], ['—', '---'], ['’', "'"], ['‘', '`'], ['“', '``'], ['”', "''"], ['"', "''"],
  ['Å', '\\AA{}'], ['×', '\\ensuremath{\\times}'], ['−', '\\ensuremath{-}'], ['±', '\\ensuremath{\\pm}'],
  ['→', '\\ensuremath{\\rightarrow}'], ['≤', '\\ensuremath{\\leq}'], ['≥', '\\ensuremath{\\geq}'], ['·', '\\ensuremath{\\cdot}'],
  ['Δ', '\\ensuremath{\\Delta}'], ['Σ', '\\ensuremath{\\Sigma}'], ['σ', '\\ensuremath{\\sigma}'], ['γ', '\\ensuremath{\\gamma}'],
  ['μ', '\\ensuremath{\\mu}'], ['µ', '\\ensuremath{\\mu}'], ['ρ', '\\ensuremath{\\rho}'], ['π', '\\ensuremath{\\pi}'], ['°', '\\ensuremath{^\\circ}'],
  ['²', '\\ensuremath{^2}'], ['³', '\\ensuremath{^3}'], ['⁻', '\\ensuremath{^-}'], ['¹', '\\ensuremath{^1}'], ['∞', '\\ensuremath{\\infty}'],
  ['…', '\\ldots{}'], ['‖', '\\ensuremath{\\|}'], ['√', '\\ensuremath{\\surd}'], ['½', '\\ensuremath{1/2}'], ['\u200b', '\\allowbreak{}'],
  ['ß', '\\ss{}'], ['ø', '\\o{}'], ['Ø', '\\O{}'], ['æ', '\\ae{}'], ['ł', '\\l{}'],
]) // prettier-ignore

/** Accents as TeX writes them before their letter. */
const accents: ReadonlyMap<string, string> = new Map([
  ['\u0300', '`'], ['\u0301', "'"], ['\u0302', '^'], ['\u0303', '~'], ['\u0304', '='], ['\u0306', 'u'], ['\u0307', '.'],
  ['\u0308', '"'], ['\u030a', 'r'], ['\u030b', 'H'], ['\u030c', 'v'], ['\u0327', 'c'],
]) // prettier-ignore

/** Text that TeX prints as it stands; one line. A letter that its fonts lack is printed as its number. */
export function latexText(text: string): string {
  return Array.from(breakable(text.replaceAll(/\s+/g, ' ')), letterText).join('')
}

function letterText(letter: string): string {
  const known = replacements.get(letter)
  if (known !== undefined) return known
  if (/^[ -~]$/.test(letter)) return letter
  const [base = '', accent = '', ...more] = letter.normalize('NFD')
  const command = accents.get(accent)
  if (command !== undefined && more.length === 0 && /^[A-Za-z]$/.test(base)) return `\\${command}{${base}}`
  return `\\textless{}U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\\textgreater{}`
}

/** Very long words may be broken after every twelfth letter: no column is wide enough for them. */
function breakable(text: string): string {
  return text.replaceAll(/[^ ]{25,}/g, (word) => word.replaceAll(/.{12}/gu, '$&\u200b'))
}

/** Units as a publication sets them: the elementary charge and the Bohr magneton in mathematics. */
export function latexUnit(unit: string): string {
  const special: Readonly<Record<string, string>> = { e: '\\ensuremath{e}', μB: '\\ensuremath{\\mu_{\\mathrm{B}}}' }
  return special[unit] ?? latexText(unit)
}
