import { publishFunction } from './tasks/publish-task.ts'

publishFunction('meta')
