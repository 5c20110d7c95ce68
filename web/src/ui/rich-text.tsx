import { createElement, type ReactNode, useMemo } from 'react'

/** Headings sink below the page's own. */
const TAGS: Record<string, string> = {
  P: 'p',
  DIV: 'p',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  STRONG: 'strong',
  B: 'strong',
  EM: 'em',
  I: 'em',
  H1: 'h3',
  H2: 'h3',
  H3: 'h3',
  H4: 'h4',
  H5: 'h4',
  H6: 'h4',
  BR: 'br',
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): { createHTML(html: string): string }
}

// The parsed document is inert: nothing of it ever enters the page, only words and a few tags are read out of it.
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('app', {
  createHTML: (html) => html,
})

/** HTML that somebody else wrote, shown as our own elements: no attribute of it survives but an http(s) link's address. */
export function RichText({ html, className = '' }: { html: string; className?: string }) {
  const content = useMemo(() => {
    const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html')
    return children(parsed.body)
  }, [html])
  return <div className={`prose-job ${className}`}>{content}</div>
}

const children = (node: Node): ReactNode[] => [...node.childNodes].map((child, index) => render(child, index))

function render(node: Node, key: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof HTMLElement)) return null
  if (node.tagName === 'A') {
    const href = node.getAttribute('href') ?? ''
    if (!/^https?:\/\//.test(href)) return children(node)
    return (
      <a key={key} href={href} target="_blank" rel="noreferrer">
        {children(node)}
      </a>
    )
  }
  const tag = TAGS[node.tagName]
  if (tag === 'br') return <br key={key} />
  return tag ? createElement(tag, { key }, ...children(node)) : children(node)
}
