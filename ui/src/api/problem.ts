import type { ProblemDetails } from './types';

/** A request that failed, with one line that says to a person what went wrong. */
export class Problem extends Error {
  readonly status: number;
  readonly fields: ReadonlyMap<string, string>;

  constructor(status: number, line: string, fields: ReadonlyMap<string, string> = new Map()) {
    super(line);
    this.name = 'Problem';
    this.status = status;
    this.fields = fields;
  }

  static unreachable(): Problem {
    return new Problem(0, 'Central does not answer. Check that it is running and that you are connected.');
  }

  static async of(response: Response): Promise<Problem> {
    let details: Partial<ProblemDetails> = {};
    try {
      details = (await response.json()) as Partial<ProblemDetails>;
    } catch {
      // not a problem document, for instance from a proxy in between: the status must do
    }
    const errors = details.errors ?? [];
    const fields = new Map(errors.map((error) => [error.field, error.message]));
    return new Problem(response.status, lineOf(response.status, details, errors), fields);
  }

  /** Whether asking again may help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

function lineOf(status: number, details: Partial<ProblemDetails>, errors: { field: string; message: string }[]): string {
  const about = errors.map((error) => `${error.field}: ${error.message}`).join('; ');
  const said = details.detail ?? details.title ?? '';
  if (said !== '' && about !== '' && !errors.some((error) => said.includes(error.message))) return `${said}: ${about}`;
  if (said !== '') return said;
  if (about !== '') return about;
  return `Central answered with status ${status}.`;
}

/** The line to show for whatever was thrown. */
export function lineFor(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
