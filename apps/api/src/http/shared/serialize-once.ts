import type { FastifySerializerCompiler } from 'fastify';

/**
 * Serializes a value that several requests answer with only once: those who shared a read have the very same one. Nobody changes an
 * answer after it was given.
 */
export function serializeOnce<Schema>(compiler: FastifySerializerCompiler<Schema>): FastifySerializerCompiler<Schema> {
  return (route) => {
    const serialize = compiler(route);
    const known = new WeakMap<object, string>();
    return (value: unknown) => {
      if (typeof value !== 'object' || value === null) return serialize(value);
      const text = known.get(value) ?? serialize(value);
      known.set(value, text);
      return text;
    };
  };
}
