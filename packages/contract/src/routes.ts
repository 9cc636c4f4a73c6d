/** Every route of the three APIs, under the name of the function that serves it. */
export const ROUTES = {
  'start-idempotent-workflow': 'POST /workflow',
  'get-idempotent-workflow': 'GET /workflow/{name}',
  'start-workflow': 'POST /workflows',
  'get-workflow': 'GET /workflows/{workflowId}',
  'start-task': 'POST /tasks',
  'get-task': 'GET /tasks/{taskId}',
  'complete-task': 'PUT /tasks/{taskId}',
  'heartbeat-task': 'POST /tasks/{taskId}/heartbeat',
  'start-composite-workflow': 'POST /compositeWorkflows',
  'get-composite-workflow': 'GET /compositeWorkflows/{compositeWorkflowId}',
  'external-service': 'POST /external',
} as const;

/** Method and path, as API Gateway takes them. */
export type RouteKey = (typeof ROUTES)[keyof typeof ROUTES];
