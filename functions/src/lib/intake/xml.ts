import { decodeHTML } from 'entities'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { DomainError } from '#domain/errors.ts'
import { NAMESPACES, type XmlRecord, type XmlValue } from '#domain/ingest/xml-feeds.ts'

const MAX_DEPTH = 64
/** Of one record; and of all that lies outside of records. */
const MAX_NODES = 5000
const MAX_OTHER_NODES = 200_000
const MAX_RECORD_CHARS = 2 * 1024 * 1024
const MAX_PROLOG = 64 * 1024

export interface FoundRecord {
  line: number
  value: XmlRecord
}

export interface XmlReader {
  /** Name of the root element, once it was seen. */
  root(): string | undefined
  /** Feeds text; returns the records that are whole now. Throws `invalid` with line and column, or `unprocessable`. */
  write(text: string): FoundRecord[]
  /** The input is over. */
  end(): FoundRecord[]
}

interface Open {
  name: string
  children: XmlRecord
  text: string
  line: number
}

const unsafe = (what: string): DomainError =>
  new DomainError('unprocessable', what, { remedy: 'Send plain elements without DOCTYPE or ENTITY.' })

/** Reads records as they pass by: memory holds one record at a time, whatever the size of the feed. */
export function xmlReader(recordNames: readonly string[]): XmlReader {
  const parser = new SaxesParser({ xmlns: true, position: true })
  const guard = prologGuard()
  const stack: Open[] = []
  let found: FoundRecord[] = []
  let root: string | undefined
  let nodes = 0
  let others = 0
  let chars = 0

  // Feeds use &nbsp; and its like, which XML does not know without a DOCTYPE.
  parser.ENTITIES = new Proxy(parser.ENTITIES, {
    get: (known, name) => Reflect.get(known, name) ?? htmlEntity(String(name)),
  })
  const inRecord = (): boolean => stack.some((each) => recordNames.includes(each.name))

  parser.on('error', (error) => {
    const where = `line ${parser.line}, column ${parser.column}`
    const message = error.message.replace(/^[^:]*:\d+:\d+: /, '')
    throw new DomainError('invalid', `Broken XML at ${where}: ${message}`, {
      remedy: 'Mend it there and send it again.',
      problems: [{ at: where, message }],
    })
  })
  parser.on('doctype', () => {
    throw unsafe('The XML has a DOCTYPE')
  })
  parser.on('opentag', (tag) => {
    const name = nameOf(tag)
    root ??= name
    if (parser.line > 0 && stack.length >= MAX_DEPTH)
      throw unsafe(`The XML is nested more than ${MAX_DEPTH} levels deep`)
    const opens = !inRecord() && recordNames.includes(name)
    if (opens) [nodes, chars] = [0, 0]
    const within = opens || inRecord()
    if (within ? ++nodes > MAX_NODES : ++others > MAX_OTHER_NODES)
      throw unsafe(
        `The XML has more than ${within ? `${MAX_NODES} elements in one job` : `${MAX_OTHER_NODES} elements outside of jobs`}`,
      )
    const children: XmlRecord = Object.create(null)
    const parent = stack.at(-1)
    for (const { local, value, uri } of Object.values(tag.attributes)) {
      if (uri === 'http://www.w3.org/2000/xmlns/' || !within) continue
      if (opens) children[`@${local}`] = value
      else if (parent) add(parent.children, `${name}@${local}`, value)
    }
    stack.push({ name, children, text: '', line: parser.line })
  })
  const text = (more: string): void => {
    const open = stack.at(-1)
    if (!open || !inRecord()) return
    chars += more.length
    if (chars > MAX_RECORD_CHARS) throw unsafe('One job of the XML has more than 2 MiB of text')
    open.text += more
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('closetag', () => {
    const closed = stack.pop()
    if (!closed) return
    const isLeaf = Object.keys(closed.children).length === 0
    if (!inRecord()) {
      if (recordNames.includes(closed.name)) found.push({ line: closed.line, value: { ...closed.children } })
      return
    }
    add(stack.at(-1)?.children, closed.name, isLeaf ? closed.text.trim() : { ...closed.children })
  })
  const take = (): FoundRecord[] => {
    const taken = found
    found = []
    return taken
  }
  return {
    root: () => root,
    write: (more) => {
      guard(more)
      parser.write(more)
      return take()
    },
    end: () => {
      parser.close()
      return take()
    },
  }
}

function add(record: XmlRecord | undefined, name: string, value: XmlValue): void {
  if (!record) return
  const known = record[name]
  record[name] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value]
}

function nameOf(tag: SaxesTagNS): string {
  const known = NAMESPACES[tag.uri]
  const prefix = known ?? tag.prefix
  return prefix ? `${prefix}:${tag.local}` : tag.local
}

function htmlEntity(name: string): string | undefined {
  const decoded = decodeHTML(`&${name};`)
  return decoded.startsWith('&') && name !== 'amp' ? undefined : decoded
}

/** Refuses a document type before the parser sees it: what stands before the root's first letter is searched, comments left out. */
function prologGuard(): (more: string) => void {
  let prolog = ''
  let over = false
  return (more) => {
    if (over) return
    prolog += more.slice(0, MAX_PROLOG)
    const bare = prolog.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '').replace(/<(!--|\?)[\s\S]*/, '')
    const root = bare.search(/<[\p{L}_]/u)
    if (/<!\s*(DOCTYPE|ENTITY)/i.test(root < 0 ? bare : bare.slice(0, root)))
      throw unsafe('The XML has a DOCTYPE or ENTITY')
    if (root >= 0) over = true
    else if (prolog.length >= MAX_PROLOG)
      throw new DomainError('unprocessable', 'The XML has no root element in its first 64 KiB', {
        remedy: 'Send a feed that begins with its root element.',
      })
    if (over) prolog = ''
  }
}
