import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Arguments of a block or resource: whether each must be given, and, where it is a block, its own arguments. */
export type Arguments = { [name: string]: { required: boolean; block?: Arguments } }
export type ProviderSchema = { provider: string; resources: { [type: string]: Arguments } }

const TERRAFORM = fileURLToPath(new URL('../terraform/', import.meta.url))
const USAGE = `node scripts/terraform-schema.ts <folder>

Writes terraform/schema.json: the arguments of the resource types that terraform/*.tf use, read from the typings of
@cdktf/provider-google 16.12.1 (google provider 6.50.0), unpacked outside the project:
  npm pack @cdktf/provider-google@16.12.1 && tar xzf cdktf-provider-google-16.12.1.tgz
  node scripts/terraform-schema.ts package`

const [folder] = process.argv.slice(2)
if (!folder || !existsSync(join(folder, 'lib'))) {
  console.error(USAGE)
  process.exit(2)
}
const library = join(folder, 'lib')
const folders = new Map(readdirSync(library).map((name) => [name.replaceAll('-', ''), name]))

const hcl = readdirSync(TERRAFORM)
  .filter((file) => file.endsWith('.tf'))
  .map((file) => readFileSync(join(TERRAFORM, file), 'utf8'))
const types = [
  ...new Set(hcl.flatMap((text) => [...text.matchAll(/^resource "(google_\w+)"/gm)].map((match) => match[1] ?? ''))),
].sort()
const schema: ProviderSchema = {
  provider: 'hashicorp/google 6.50.0',
  resources: Object.fromEntries(types.map((type) => [type, argumentsOf(type)])),
}
writeFileSync(join(TERRAFORM, 'schema.json'), `${JSON.stringify(schema, null, 1)}\n`)
console.log(`terraform/schema.json: ${types.length} resource types`)

function argumentsOf(type: string): Arguments {
  const name = folders.get(type.replace(/^google_/, '').replaceAll('_', ''))
  if (!name) throw new Error(`The provider has no resource ${type}`)
  const source = ts.createSourceFile(
    'index.d.ts',
    readFileSync(join(library, name, 'index.d.ts'), 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
  )
  const interfaces = new Map(source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]))
  const root = [...interfaces.values()].find((each) => each.heritageClauses?.length)
  if (!root) throw new Error(`${name} declares no configuration`)
  return read(root, interfaces)
}

function read(from: ts.InterfaceDeclaration, interfaces: Map<string, ts.InterfaceDeclaration>): Arguments {
  const found: Arguments = {}
  for (const member of from.members) {
    // The link in each comment carries the name that HCL uses.
    const name = /#(\w+) \w+#\w+\}/.exec(member.getFullText())?.[1]
    if (!name || !ts.isPropertySignature(member) || !member.type) continue
    const inner = [...member.type.getText().matchAll(/\b[A-Z]\w+/g)].map(([word]) => interfaces.get(word)).find(Boolean)
    found[name] = { required: !member.questionToken, ...(inner && { block: read(inner, interfaces) }) }
  }
  return found
}
