import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { notFound } from '#domain/errors.ts'
import type { App } from '#functions/lib/http.ts'

const ASSETS: Record<string, string> = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' }
const assetFolder = (): string => path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>AdFlux API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true })`
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"

/** The document is made from the routes themselves: a route that is not in it does not exist. */
export function referenceRoutes(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'A Firebase ID token, or an API key (af_…)',
  })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'AdFlux',
      version: '1',
      description: 'From a job opening to paid advertising that finds candidates.',
    },
    security: [{ bearer: [] }],
  })
  app.get('/docs', (c) => c.html(PAGE, 200, { 'content-security-policy': POLICY }))
  app.get('/docs/:asset', async (c) => {
    const asset = c.req.param('asset')
    if (asset === 'start.js') return c.body(START, 200, { 'content-type': 'text/javascript' })
    const type = ASSETS[asset]
    if (!type) throw notFound('page', asset)
    return c.body(await readFile(path.join(assetFolder(), asset), 'utf8'), 200, { 'content-type': type })
  })
}
