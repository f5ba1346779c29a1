import { AssayError } from '@/lib/errors';

/** A failure of the command line. @param command as a person types it */
export function usageOf(command: string): (message: string) => AssayError {
  return (message) => new AssayError('parameter.invalid', message, { hint: `See: npm run assay -- ${command} --help` });
}

/** A whole number that a person gave. @throws AssayError `parameter.invalid` */
export function wholeOption(name: string, text: string, least: number, usage: (message: string) => AssayError): number {
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value >= least) return value;
  throw usage(`--${name} must be a whole number from ${least} on, not "${text}".`);
}
