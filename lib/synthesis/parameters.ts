import { NumericsError } from '@/lib/anomaly/errors';
import type { Generator, GeneratorParameter, ParameterValues } from './generator';

/**
 * Checks what was given against the generator's parameters and fills in defaults.
 * @throws NumericsError `parameter.invalid` for an unknown name, a value out of its range, or a range whose ends are exchanged
 */
export function completeParameters(generator: Pick<Generator, 'name' | 'parameters'>, given: Readonly<Record<string, unknown>>): ParameterValues {
  const known = new Map(generator.parameters.map((parameter) => [parameter.name, parameter]));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const names = [...known.keys()].join(', ') || 'none';
    throw new NumericsError('parameter.invalid', `${generator.name} has no parameter "${unknown}"; it has ${names}.`);
  }
  const values = Object.fromEntries(generator.parameters.map((parameter) => [parameter.name, checked(parameter, given[parameter.name] ?? parameter.default)]));
  for (const parameter of generator.parameters) {
    const { name, atMost } = { atMost: undefined, ...parameter };
    if (atMost !== undefined && values[name]! > values[atMost]!) {
      throw new NumericsError('parameter.invalid', `${name} (${values[name]}) must not be larger than ${atMost} (${values[atMost]}).`);
    }
  }
  return values;
}

function checked(parameter: GeneratorParameter, value: unknown): number | string {
  if (parameter.kind === 'choice') {
    const values = parameter.options.map((option) => option.value);
    if (typeof value === 'string' && values.includes(value)) return value;
    throw new NumericsError('parameter.invalid', `${parameter.name} must be one of ${values.join(', ')}, not ${JSON.stringify(value)}.`);
  }
  const { name, minimum, maximum, whole = false } = parameter;
  const fits = typeof value === 'number' && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
  if (fits) return value;
  throw new NumericsError('parameter.invalid', `${name} must be a ${whole ? 'whole number' : 'number'} from ${minimum} to ${maximum}, not ${JSON.stringify(value)}.`);
}
