import { publishFunction } from './tasks/publish-task.ts'

publishFunction('publish-google-ads', 'google-ads')
