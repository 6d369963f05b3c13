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
  ['…', '\\ldots{}'], ['‖', '\\ensuremath{\\|}'], ['√', '\\ensuremath{\\surd}'], ['½', '\\ensuremath{1/2}'],
]) // prettier-ignore

/** Text that TeX prints as it stands; one line. */
export function latexText(text: string): string {
  return Array.from(text.replaceAll(/\s+/g, ' '), (letter) => replacements.get(letter) ?? letter).join('')
}

/** Units as a publication sets them: the elementary charge and the Bohr magneton in mathematics. */
export function latexUnit(unit: string): string {
  const special: Readonly<Record<string, string>> = { e: '\\ensuremath{e}', μB: '\\ensuremath{\\mu_{\\mathrm{B}}}' }
  return special[unit] ?? latexText(unit)
}
