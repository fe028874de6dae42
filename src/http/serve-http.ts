import { errorCode } from '../errors/error-code.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { HttpServer } from './create-server.ts';

/** The only address that is listened on until accounts exist. */
const loopback = '127.0.0.1';

/** Listens and returns the origin. Throws `port_taken`. */
export async function listen(server: HttpServer, port: number): Promise<string> {
  try {
    return await server.listen({ host: loopback, port });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      throw new HajiriError(
        'port_taken',
        `Port ${port} cannot be used (${code}). Choose another one with HAJIRI_PORT.`,
      );
    }
    throw error;
  }
}
