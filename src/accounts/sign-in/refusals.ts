import { z } from 'zod';

/** The errors that better-auth means as answers. Told by their shape, so that nothing is loaded for it. */
const refusal = z.object({
  name: z.literal('APIError'),
  status: z.union([z.string(), z.number()]),
  body: z.object({ code: z.string() }).optional().catch(undefined),
});

/**
 * Runs a call of better-auth within the scope; a refusal comes back as a value, so that what was counted on the way to
 * it is kept.
 */
export async function orRefusal<Answer>(
  call: Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly refused: string }> {
  try {
    return { answer: await call };
  } catch (error) {
    const { data } = refusal.safeParse(error);
    if (data === undefined) throw error;
    return { refused: data.body?.code ?? String(data.status) };
  }
}
