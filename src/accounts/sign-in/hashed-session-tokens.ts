import { createHash } from 'node:crypto';
import type { DBAdapter, Where } from 'better-auth';

/**
 * Lets better-auth store the hash of a session's token where it would store the token, so that a copy of the database
 * opens no session. It goes on to see the token that it knows.
 */
export function hashSessionTokens(inner: DBAdapter): DBAdapter {
  const whereHashed = (model: string, where: Where[] = []): Where[] =>
    model === 'session'
      ? where.map((one) => (one.field === 'token' ? { ...one, value: hashed(one.value) } : one))
      : where;
  /** The token that was asked for, in place of its hash. */
  const restore = <Found>(model: string, where: Where[] | undefined, found: Found): Found => {
    const token = where?.find(({ field }) => field === 'token')?.value;
    if (model !== 'session' || typeof token !== 'string' || !isObject(found)) return found;
    return { ...found, token };
  };
  const adapter: DBAdapter = {
    ...inner,
    async create<Given extends Record<string, unknown>, Made = Given>(
      data: Parameters<typeof inner.create<Given, Made>>[0],
    ) {
      const token: unknown = Reflect.get(data.data, 'token');
      if (data.model !== 'session' || typeof token !== 'string') return inner.create<Given, Made>(data);
      const made = await inner.create<Given, Made>({
        ...data,
        data: { ...data.data, token: hashToken(token) },
      });
      return { ...made, token };
    },
    findOne: async (data) =>
      restore(
        data.model,
        data.where,
        await inner.findOne({ ...data, where: whereHashed(data.model, data.where) }),
      ),
    async findMany<Found>(data: Parameters<typeof inner.findMany>[0]) {
      const found = await inner.findMany<Found>({ ...data, where: whereHashed(data.model, data.where) });
      return found.map((one) => restore(data.model, data.where, one));
    },
    update: async (data) =>
      restore(
        data.model,
        data.where,
        await inner.update({ ...data, where: whereHashed(data.model, data.where) }),
      ),
    updateMany: (data) => inner.updateMany({ ...data, where: whereHashed(data.model, data.where) }),
    delete: (data) => inner.delete({ ...data, where: whereHashed(data.model, data.where) }),
    deleteMany: (data) => inner.deleteMany({ ...data, where: whereHashed(data.model, data.where) }),
    // The scope of the sign-in is the transaction already.
    transaction: (work) => work(adapter),
  };
  return adapter;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function hashed(value: Where['value']): Where['value'] {
  if (typeof value === 'string') return hashToken(value);
  return Array.isArray(value) ? value.map((one) => hashToken(String(one))) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
