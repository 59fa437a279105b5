export interface FieldProblem {
  field: string;
  code: string;
  detail: string;
}

export interface NearestArea {
  level: string;
  code: string;
  name: string;
  distance_m: number;
}

/** What RFC 9457 puts in the body of an error answer. */
export interface ProblemBody {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors?: FieldProblem[];
  nearest?: NearestArea;
  [member: string]: unknown;
}

/** Not there, or no name that could be. */
const GONE = new Set([400, 404, 422]);

/** The only thing `api/client.ts` throws. `code` is the contract's, or `TANPA_JARINGAN` / `WAKTU_HABIS`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldProblem[];
  readonly nearest: NearestArea | null;
  readonly retryAfterS: number | null;

  constructor(body: ProblemBody, retryAfterS: number | null = null) {
    super(`${body.code}: ${body.detail}`);
    this.name = "Problem";
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.errors = body.errors ?? [];
    this.nearest = body.nearest ?? null;
    this.retryAfterS = retryAfterS;
  }

  /** True for an answer that no other try will change: what was asked for is not there. */
  get gone(): boolean {
    return GONE.has(this.status);
  }

  /** True when no answer came: the network is gone or the server was too slow. */
  get unanswered(): boolean {
    return this.status === 0;
  }
}

/** True where the error says so; see `Problem.gone`. */
export const isGone = (error: unknown): boolean => error instanceof Problem && error.gone;
