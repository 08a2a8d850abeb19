import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';

/** A workflow as Temporal has it; undefined if there is none of that id. */
export async function lookAt(temporal: Client, workflowId: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await temporal.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** Whether a workflow is there and has not ended. */
export function goesOn(workflow: WorkflowExecutionDescription | undefined): workflow is WorkflowExecutionDescription {
  return workflow !== undefined && ['RUNNING', 'PAUSED', 'CONTINUED_AS_NEW'].includes(workflow.status.name);
}
