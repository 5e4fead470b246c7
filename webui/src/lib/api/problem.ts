// What went wrong with a request, as the box says it (RFC 9457) or as the network failed.

export interface ProblemBody {
  title?: string;
  detail?: string;
  errors?: Record<string, string>;
}

export class Problem extends Error {
  /** The HTTP status; 0 where the box could not be reached. */
  readonly status: number;
  /** What is wrong with which field, in the words of the box. */
  readonly errors: Record<string, string>;

  constructor(status: number, body: ProblemBody = {}) {
    super(body.detail ?? body.title ?? '');
    this.status = status;
    this.errors = body.errors ?? {};
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** Somebody else changed the row since it was read. */
  get isConflict(): boolean {
    return this.status === 412;
  }
}

/** The problem in a failed answer; never fails itself. */
export function problemOf(status: number, body: unknown): Problem {
  return new Problem(status, isBody(body) ? body : {});
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  // fetch throws a TypeError when there is no connection; anything else is a fault of ours and must be seen.
  if (!(error instanceof TypeError)) console.error(error);
  return new Problem(0);
}

function isBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null;
}
