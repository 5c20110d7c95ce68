import { syncFunction } from './tasks/sync-task.ts'

syncFunction('sync-metrics')
