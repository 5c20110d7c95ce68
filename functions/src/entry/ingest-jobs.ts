import { http } from '@google-cloud/functions-framework'
import { httpApp, listen } from '#functions/lib/http.ts'
import { idempotency } from '#functions/lib/idempotency.ts'
import { session } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'
import { hookRoutes } from './routes/hooks.ts'
import { ingestRoutes } from './routes/ingest.ts'

const app = httpApp('ingest-jobs')
for (const path of ['/', '/v1/*']) {
  app.use(
    path,
    session(() => ports('store', 'clock', 'identity', 'findKey')),
  )
  app.use(
    path,
    idempotency(() => ports('store', 'clock')),
  )
}
ingestRoutes(app)
hookRoutes(app)

http('ingest-jobs', listen(app))
