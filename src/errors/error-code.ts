/** The code of an error of Node.js or PostgreSQL (`ENOENT`, `42501`); undefined when it has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
