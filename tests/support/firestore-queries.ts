import ts from 'typescript'
import { COLLECTIONS } from '#domain/documents.ts'
import { read } from './project-files.ts'

/** One query as the source writes it. `collection` is '*' where a variable names it. */
export type FoundQuery = {
  at: string
  collection: string
  /** Over all organisations at once. */
  group: boolean
  equal: string[]
  ranges: string[]
  order: { field: string; direction: string } | null
}

type Clause = { field: string; range: boolean }

/**
 * Every query in one source file: calls of the store's `list` and `find`, of the census, of `collectionGroup`, and the console's
 * query objects ({path, order, ...}). Conditional clauses count as present. Throws where a query cannot be read off the source.
 */
export function queriesIn(path: string): FoundQuery[] {
  const file = ts.createSourceFile(
    path,
    read(path),
    ts.ScriptTarget.ESNext,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const found: FoundQuery[] = []
  const visit = (node: ts.Node): void => {
    const query = ts.isCallExpression(node)
      ? ofCall(node, file)
      : ts.isObjectLiteralExpression(node) && path.startsWith('web/')
        ? ofConsole(node, file)
        : undefined
    if (query) found.push({ ...query, at: `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}` })
    node.forEachChild(visit)
  }
  visit(file)
  return found
}

function ofCall(call: ts.CallExpression, file: ts.SourceFile): Omit<FoundQuery, 'at'> | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined
  const method = call.expression.name.text
  const target = call.expression.expression.getText()
  const [first, second, third] = call.arguments
  if (/census$/.test(target)) return ofCensus(method, textOf(first), textOf(second))
  if (method === 'collectionGroup' && first && ts.isStringLiteral(first)) {
    const clauses = [...chainOf(call).matchAll(/\.where\('(\w+)', '(..?)'/g)]
    return {
      ...NOTHING,
      collection: first.text,
      group: true,
      equal: clauses.filter(([, , op]) => op === '==').map(([, field]) => field ?? ''),
    }
  }
  const isList = method === 'list' && /store$/.test(target)
  const isFind = method === 'find' && target === 'tx'
  if (!isList && !isFind) return undefined
  const [kind, query] = isList ? [second, third] : [first, second]
  return { ...ofStoreQuery(query, file), collection: textOf(kind) ?? '*', group: false }
}

const NOTHING = { equal: [], ranges: [], order: null }

function ofCensus(
  method: string,
  kind: string | undefined,
  field: string | undefined,
): Omit<FoundQuery, 'at'> | undefined {
  if (!kind || !(kind in COLLECTIONS)) return undefined
  const base = { ...NOTHING, collection: kind, group: true }
  if (method === 'due' && field) return { ...base, ranges: [field], order: { field, direction: 'asc' } }
  return method === 'find' ? { ...base, equal: ['id'] } : base
}

function ofStoreQuery(
  node: ts.Expression | undefined,
  file: ts.SourceFile,
): Pick<FoundQuery, 'equal' | 'ranges' | 'order'> {
  const query = literalOf(node, file)
  if (!query || !ts.isObjectLiteralExpression(query))
    throw new Error(
      `${file.fileName}: write the query ${node?.getText()} as an object literal, so that its index can be found`,
    )
  const where = literalOf(property(query, 'where'), file)
  return {
    equal: where && ts.isObjectLiteralExpression(where) ? keysOf(where) : [],
    ranges: [],
    order: orderOf(property(query, 'orderBy'), file),
  }
}

/** Keys of an object literal and of those spread into it under a condition. */
function keysOf(object: ts.ObjectLiteralExpression): string[] {
  return object.properties.flatMap((each) => {
    if (!ts.isSpreadAssignment(each)) return each.name ? [each.name.getText().replaceAll("'", '')] : []
    const keys: string[] = []
    const visit = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node)) keys.push(...keysOf(node))
      else node.forEachChild(visit)
    }
    visit(each.expression)
    return keys
  })
}

function ofConsole(object: ts.ObjectLiteralExpression, file: ts.SourceFile): Omit<FoundQuery, 'at'> | undefined {
  const path = property(object, 'path')
  const order = property(object, 'order')
  if (!path || !order) return undefined
  const collection = ts.isIdentifier(path)
    ? '*'
    : (textOf(path) ?? path.getText()).replaceAll(/[`']/g, '').split('/').at(-1)
  const clauses = clausesOf(object, file)
  return {
    collection: collection ?? '*',
    group: false,
    equal: clauses.filter(({ range }) => !range).map(({ field }) => field),
    ranges: [...new Set(clauses.filter(({ range }) => range).map(({ field }) => field))],
    order: orderOf(order, file),
  }
}

/** Every [field, operator, value] below a `where`, also one that stands in a condition or in a constant of the same file. */
function clausesOf(object: ts.ObjectLiteralExpression, file: ts.SourceFile): Clause[] {
  const clauses: Clause[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const constant = constantOf(node.text, file)
      if (constant) visit(constant)
    } else if (
      ts.isArrayLiteralExpression(node) &&
      node.elements.length === 3 &&
      node.elements.slice(0, 2).every(ts.isStringLiteral)
    ) {
      const [field, operator] = node.elements.map((each) => textOf(each) ?? '')
      clauses.push({ field: field ?? '', range: !['==', 'in'].includes(operator ?? '') })
    } else node.forEachChild(visit)
  }
  for (const each of object.properties) {
    if (ts.isSpreadAssignment(each) && /\bwhere\b/.test(each.getText())) visit(each.expression)
    else if (each.name?.getText() === 'where')
      visit(ts.isPropertyAssignment(each) ? each.initializer : (each.name as ts.Identifier))
  }
  return clauses
}

function orderOf(node: ts.Expression | undefined, file: ts.SourceFile): FoundQuery['order'] {
  const order = literalOf(node, file)
  if (!order || !ts.isArrayLiteralExpression(order)) return null
  const [field = '', direction = 'asc'] = order.elements.map((each) => textOf(each) ?? '')
  return { field, direction }
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = object.properties.find((each) => each.name?.getText() === name)
  if (!found) return undefined
  if (ts.isPropertyAssignment(found)) return found.initializer
  return ts.isShorthandPropertyAssignment(found) ? found.name : undefined
}

/** Looks through `as`, parentheses and constants of the same file. */
function literalOf(node: ts.Expression | undefined, file: ts.SourceFile): ts.Expression | undefined {
  if (!node) return undefined
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node))
    return literalOf(node.expression, file)
  return ts.isIdentifier(node) ? literalOf(constantOf(node.text, file), file) : node
}

function constantOf(name: string, file: ts.SourceFile): ts.Expression | undefined {
  let found: ts.Expression | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name) found ??= node.initializer
    else node.forEachChild(visit)
  }
  visit(file)
  return found
}

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteral(node) ? node.text : undefined

/** The whole chain of calls that begins with this one. */
function chainOf(call: ts.Node): string {
  const up = call.parent
  return ts.isPropertyAccessExpression(up) || ts.isCallExpression(up) ? chainOf(up) : call.getText()
}
