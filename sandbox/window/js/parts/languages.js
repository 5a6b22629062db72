/**
 * Languages of a person's app that the window offers: the common ones, and those that are
 * hard on a layout.
 */

export const LANGUAGES = /** @type {[string, string][]} */ ([
  ['en', 'English'], ['ru', 'Русский'], ['de', 'Deutsch'], ['es', 'Español'], ['uk', 'Українська'],
  ['ar', 'العربية'], ['fa', 'فارسی'], ['he', 'עברית'], ['pt-br', 'Português (Brasil)'], ['zh-hans', '简体中文'],
]);
