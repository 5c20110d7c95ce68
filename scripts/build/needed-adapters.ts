import { readFileSync } from 'node:fs'
import ts from 'typescript'

type Part = { uses: Set<string>; adapters: Set<string> }

const parsed = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true)

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

/** The names of ports that a source file asks the wiring for: the literal arguments of `ports(...)`. Throws where one is not literal. */
export function portsNamed(path: string): string[] {
  const names: string[] = []
  walk(parsed(path), (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'ports') return
    for (const argument of node.arguments) {
      if (!ts.isStringLiteral(argument))
        throw new Error(
          `${path}: ports(${argument.getText()}) hides which adapters are needed; name each port in quotes`,
        )
      names.push(argument.text)
    }
  })
  return names
}

/**
 * The adapter files (as the wiring imports them) behind some ports. Reads the object MAKERS of wiring.ts and follows, from each
 * port's maker, the other makers and helpers that it mentions. Throws for a port that has no maker.
 */
export function adaptersBehind(wiring: string, ports: readonly string[]): string[] {
  const parts = partsOf(wiring)
  const seen = new Set<string>()
  const adapters = new Set<string>()
  const follow = (name: string): void => {
    const part = parts.get(name)
    if (!part || seen.has(name)) return
    seen.add(name)
    for (const adapter of part.adapters) adapters.add(adapter)
    for (const used of part.uses) follow(used)
  }
  for (const port of ports) {
    if (!parts.has(`MAKERS.${port}`)) throw new Error(`${wiring}: there is no maker for the port ${port}`)
    follow(`MAKERS.${port}`)
  }
  return [...adapters].sort()
}

/** Each helper at the top of the file, and each maker as `MAKERS.<port>`: what it mentions and which adapters it imports. */
function partsOf(path: string): Map<string, Part> {
  const parts = new Map<string, Part>()
  for (const statement of parsed(path).statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) parts.set(statement.name.text, partOf(statement))
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!initializer) continue
      if (name.getText() !== 'MAKERS') parts.set(name.getText(), partOf(initializer))
      else if (ts.isObjectLiteralExpression(initializer))
        for (const maker of initializer.properties)
          if (maker.name) parts.set(`MAKERS.${maker.name.getText()}`, partOf(maker))
    }
  }
  return parts
}

function partOf(node: ts.Node): Part {
  const part: Part = { uses: new Set(), adapters: new Set() }
  walk(node, (inner) => {
    if (ts.isPropertyAccessExpression(inner) && inner.expression.getText() === 'MAKERS') part.uses.add(inner.getText())
    else if (ts.isIdentifier(inner)) part.uses.add(inner.text)
    if (!ts.isCallExpression(inner) || inner.expression.kind !== ts.SyntaxKind.ImportKeyword) return
    const [target] = inner.arguments
    if (target && ts.isStringLiteral(target)) part.adapters.add(target.text)
  })
  return part
}
