import { publishFunction } from './tasks/publish-task.ts'

publishFunction('publish-meta', 'meta')
