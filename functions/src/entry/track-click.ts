import { http } from '@google-cloud/functions-framework'
import { demandTarget, followLink } from '#functions/capabilities/clicks/follow-link.ts'
import { visitOf } from '#functions/capabilities/clicks/visit.ts'
import { httpApp, listen } from '#functions/lib/http.ts'
import { ports } from '#functions/wiring.ts'

const app = httpApp('track-click')
app.get('/c/:token', async (c) => {
  const token = c.req.param('token')
  demandTarget(token)
  const location = await followLink(await ports('store', 'secrets'), token, visitOf(c.req.raw))
  return c.body(null, 302, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
})

http('track-click', listen(app))
