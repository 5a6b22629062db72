import { deepStrictEqual as same, ok, rejects } from 'node:assert';
import { GrammyError } from 'grammy';

/** The call must fail with grammY's own error, this code, and these words in its description. */
export const refused = (call, code, words) =>
  rejects(call, (error) => {
    ok(error instanceof GrammyError, String(error));
    same(error.error_code, code);
    ok(error.description.includes(words), error.description);
    return true;
  });
