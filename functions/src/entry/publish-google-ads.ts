import { publishFunction } from './tasks/publish-task.ts'

publishFunction('google-ads')
