import type { Clock } from '../clock/clock.ts';
import { hurryAfter } from '../clock/hurry-after.ts';
import { errorCode } from '../errors/error-code.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { HttpServer } from './create-server.ts';

/** This machine alone, unless the settings say otherwise. */
const loopback = '127.0.0.1';

/** Listens and returns the origin. Throws `port_taken`. */
export async function listen(server: HttpServer, port: number, host: string = loopback): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EADDRNOTAVAIL') {
      throw new HajiriError(
        'configuration_invalid',
        `This machine has no address ${host}. Correct HAJIRI_LISTEN_ADDRESS.`,
      );
    }
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      throw new HajiriError(
        'port_taken',
        `Port ${port} cannot be used (${code}). Choose another one with HAJIRI_PORT.`,
      );
    }
    throw error;
  }
}

const patienceMilliseconds = 3000;

/** Takes no further request, lets those that are under way end, and cuts off what takes longer than three seconds. */
export async function stopListening(server: HttpServer, clock: Clock): Promise<void> {
  await hurryAfter({ clock, milliseconds: patienceMilliseconds }, server.close(), () =>
    server.server.closeAllConnections(),
  );
}
