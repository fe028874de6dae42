import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * One JSON line for each event, on standard error. Only safe details are ever passed in; the list of names is a
 * second net, for the day on which somebody forgets.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${Temporal.Now.instant().round('millisecond').toString()}"`,
      redact: {
        paths: [
          'clientId',
          'clientSecret',
          'apiKey',
          'password',
          'token',
          'authorization',
          'record',
          'email',
        ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[hidden]',
      },
    },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
