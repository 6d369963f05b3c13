/** Names of all partials that a parsed template calls, blocks included; dynamic names (`{{> (lookup …)}}`) are left out. */
export function partialNames(program: hbs.AST.Program): readonly string[] {
  return program.body.flatMap((statement) => {
    if (isPartial(statement)) return 'original' in statement.name ? [String(statement.name.original)] : []
    if (!isBlock(statement)) return []
    // An absent {{else}} is undefined at run time, whatever the type says.
    const parts: readonly (hbs.AST.Program | undefined)[] = [statement.program, statement.inverse]
    return parts.flatMap((part) => (part === undefined ? [] : partialNames(part)))
  })
}

function isPartial(node: hbs.AST.Node): node is hbs.AST.PartialStatement {
  return node.type === 'PartialStatement'
}

function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement'
}
