import type { App } from '#functions/lib/http.ts'
import { applicationRoutes } from './applications.ts'
import { campaignRoutes } from './campaigns.ts'
import { candidateRoutes } from './candidates.ts'
import { compatAmazonRoutes } from './compat-amazon.ts'
import { creativeRoutes } from './creative.ts'
import { feedRoutes } from './feeds.ts'
import { guardRoutes } from './guards.ts'
import { jobRoutes } from './jobs.ts'
import { modelRoutes } from './models.ts'
import { noticeRoutes } from './notices.ts'
import { operationRoutes } from './operations.ts'
import { referenceRoutes } from './reference.ts'
import { segmentRoutes } from './segments.ts'
import { systemRoutes } from './system.ts'

/** Everything the API answers; the reference page comes last, because it describes the others. */
export function mountRoutes(app: App): void {
  systemRoutes(app)
  jobRoutes(app)
  feedRoutes(app)
  candidateRoutes(app)
  segmentRoutes(app)
  modelRoutes(app)
  applicationRoutes(app)
  campaignRoutes(app)
  creativeRoutes(app)
  guardRoutes(app)
  compatAmazonRoutes(app)
  operationRoutes(app)
  noticeRoutes(app)
  referenceRoutes(app)
}
