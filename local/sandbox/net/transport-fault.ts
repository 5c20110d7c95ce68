import type { FaultKind } from '../faults.ts'
import { type Answer, html } from './answer.ts'

/** What a gateway or a dead server answers, whichever platform stands behind it; undefined where the platform itself speaks. */
export function transportFault(fault: FaultKind): Answer | undefined {
  switch (fault) {
    case 'html-429':
      return html(429, 'Too Many Requests')
    case 'html-502':
      return html(502, 'Bad Gateway')
    case '500':
      return { status: 500, headers: { 'content-type': 'text/plain' }, body: '' }
    case 'hang':
      return { status: 0, headers: {}, body: '', hang: true }
    default:
      return undefined
  }
}
