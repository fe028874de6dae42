import type { RateLimit, Switches } from '../scenario/switches.ts';
import { type Answer, emptyAnswer, jsonAnswer, textAnswer } from './answers.ts';

export type RateLimiter = {
  /** Counts one request; null when it may pass, else the seconds until the next one may. */
  take(bucket: string): number | null;
  reset(): void;
};

/** A refused request is not counted: waiting for the window to turn is always enough. */
export function createRateLimiter(settings: () => RateLimit, now: () => Temporal.Instant): RateLimiter {
  const passed = new Map<string, number[]>();
  return {
    take: (bucket) => {
      const { requests, seconds, window } = settings();
      if (requests === null) return null;
      const time = now().epochMilliseconds;
      const length = seconds * 1000;
      const inWindow = countedTimes(passed.get(bucket) ?? [], time, length, window);
      passed.set(bucket, inWindow);
      if (inWindow.length < requests) {
        inWindow.push(time);
        return null;
      }
      const oldest = inWindow[0] ?? time;
      return (oldest + length - time) / 1000;
    },
    reset: () => passed.clear(),
  };
}

/**
 * Sliding: each request is forgotten `length` after it passed. Fixed: all are forgotten at once, `length` after
 * the first of them. A clock that was set back starts anew.
 */
function countedTimes(times: number[], time: number, length: number, window: RateLimit['window']): number[] {
  const first = times[0];
  if (first === undefined || time < first) return [];
  if (window === 'fixed') return time >= first + length ? [] : times;
  return times.filter((passedAt) => passedAt + length > time);
}

/** The three bodies and four headers that clients have to survive; nobody has published a real one. */
export function tooManyRequests(waitSeconds: number, limit: RateLimit, now: Temporal.Instant): Answer {
  const headers = retryAfter(waitSeconds, limit, now);
  if (limit.body === 'empty') return emptyAnswer(429, headers);
  if (limit.body === 'text') {
    return textAnswer(429, 'Too many requests. Please try again after a minute.', headers);
  }
  return jsonAnswer(429, { reason: 'rateLimitExceeded' }, headers);
}

function retryAfter(waitSeconds: number, limit: RateLimit, now: Temporal.Instant): Record<string, string> {
  const seconds = Math.ceil(waitSeconds);
  switch (limit.retryAfter) {
    case 'none':
      return {};
    case 'seconds':
      return { 'retry-after': String(seconds) };
    case 'http-date':
      return { 'retry-after': httpDate(now.add({ milliseconds: Math.ceil(waitSeconds * 1000) + 999 })) };
    case 'absurd':
      return { 'retry-after': '31536000000' };
  }
}

/** `Thu, 12 Mar 2026 06:01:00 GMT`; whole seconds only, so the caller rounds up. */
export function httpDate(instant: Temporal.Instant): string {
  const moment = instant.toZonedDateTimeISO('UTC');
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][moment.dayOfWeek - 1] ?? '';
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.slice((moment.month - 1) * 3, moment.month * 3);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
  return `${weekday}, ${two(moment.day)} ${month} ${moment.year} ${time} GMT`;
}

/** Which default agents of HTTP libraries are turned away at the door. */
export function isAgentRefused(agent: string | undefined, policy: Switches['userAgent']): boolean {
  if (policy === 'any') return false;
  if (agent === undefined || agent.trim() === '') return policy === 'required';
  return /^python-/iu.test(agent);
}
