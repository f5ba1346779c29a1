import { stagePath } from '../../frame/stages';

/** Where a queue is worked on. */
export function queuePath(projectId: string, queueId: string): string {
  return `${stagePath(projectId, 'review')}?queue=${queueId}`;
}

/** How its reviewers judge. */
export function queueReportPath(projectId: string, queueId: string): string {
  return `${queuePath(projectId, queueId)}&report=1`;
}

/** All queues of a project. */
export function queueListPath(projectId: string): string {
  return `${stagePath(projectId, 'review')}?queues=all`;
}
