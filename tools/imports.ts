/** What a module imports, found by parsing it: text in comments, strings and templates is not mistaken for an import. */
import { parseSync, Visitor } from 'oxc-parser'

export interface Import {
  specifier: string
  line: number
}

/** Every static import, re-export, literal `import()` and `import('…')` type of a .ts or .tsx module. Throws on a syntax error. */
export function importsOf(file: string, source: string): Import[] {
  const parsed = parseSync(file, source)
  const error = parsed.errors[0]
  if (error) throw new Error(error.message)

  const found: Import[] = []
  const add = (node: unknown) => {
    const specifier = literal(node)
    if (specifier) found.push({ specifier: specifier.value, line: lineAt(source, specifier.start) })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
  }).visit(parsed.program)
  return found.sort((a, b) => a.line - b.line)
}

/** A string literal, or a template without placeholders. A computed `import()` names nothing that could be checked. */
function literal(node: unknown): { value: string; start: number } | undefined {
  if (typeof node !== 'object' || node === null || !('type' in node) || !('start' in node)) return undefined
  const start = Number(node.start)
  if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string') return { value: node.value, start }
  if (node.type === 'TemplateLiteral' && 'quasis' in node && Array.isArray(node.quasis) && node.quasis.length === 1) {
    return { value: String(node.quasis[0].value.cooked), start }
  }
  return undefined
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
