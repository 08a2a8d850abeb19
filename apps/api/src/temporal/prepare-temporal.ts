import { type Connection, isGrpcServiceError, ServiceError } from '@temporalio/client';

const KEYWORD = 2;
const ALREADY_THERE = 6;

/**
 * Makes sure that a namespace has these search attributes, of type Keyword; answers those that were missing.
 * @throws Error for operators. Where the attributes can't be added here (as on Temporal Cloud), it names the way to add them
 */
export async function prepareTemporal(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  names: readonly string[],
): Promise<readonly string[]> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = names.filter((name) => customAttributes?.[name] === undefined);
    if (missing.length === 0) return [];
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    return missing;
  } catch (error) {
    // Another process that prepares was faster.
    if (isGrpcServiceError(error) && (error.code as number) === ALREADY_THERE) return [];
    const why = error instanceof ServiceError || error instanceof Error ? error.message : String(error);
    throw new Error(
      `The search attributes ${names.join(', ')} (type Keyword) could not be read or added in the namespace "${namespace}": ${why}. On Temporal Cloud, add them in its own pages or with tcld.`,
      { cause: error },
    );
  }
}
