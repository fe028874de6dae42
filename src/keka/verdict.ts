import type { KekaError } from './keka-error.ts';

/** What one exchange means for the request: done, over, or worth another try (then `error` is what stays if all fail). */
export type Verdict<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: KekaError }
  | { readonly kind: 'unauthorised'; readonly error: KekaError }
  | { readonly kind: 'too_many_requests'; readonly retryAfter: string | null; readonly error: KekaError }
  | {
      readonly kind: 'try_again';
      readonly error: KekaError;
      /** How many tries this fault deserves in all. */
      readonly tries: 'several' | 'two';
    };
