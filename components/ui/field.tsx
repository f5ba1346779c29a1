import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from './cn';

/** Look of a text control without its size, for controls that set their own. */
export const controlBase = 'rounded-md border border-line-strong bg-surface text-ink disabled:opacity-50 aria-invalid:border-danger max-md:text-[16px]';

export const controlClass = `h-8 w-full px-2 text-body max-md:h-10 ${controlBase}`;

type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Hides the label from the eye, not from the screen reader. */
  hideLabel?: boolean;
  className?: string;
  children: (control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode;
};

/** A label, a control, and below it the hint or the error, tied together for assistive technology. */
export function Field({ label, hint, error, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const described = error !== undefined || hint !== undefined ? `${id}-note` : undefined;
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-small font-medium'}>
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error === undefined ? undefined : true })}
      {described !== undefined && (
        <p id={described} className={cn('text-small', error === undefined ? 'text-muted' : 'text-danger')} role={error === undefined ? undefined : 'alert'}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

type InputFieldProps = Omit<ComponentProps<'input'>, 'id'> & Pick<FieldProps, 'label' | 'hint' | 'error' | 'hideLabel'> & { fieldClassName?: string };

/** A text input in a Field. */
export function InputField({ label, hint, error, hideLabel, fieldClassName, className, ...rest }: InputFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(hideLabel === undefined ? {} : { hideLabel })} {...(fieldClassName === undefined ? {} : { className: fieldClassName })}>
      {(control) => <input {...control} className={cn(controlClass, className)} {...rest} />}
    </Field>
  );
}
