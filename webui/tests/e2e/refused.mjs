// Why the mock does not do what it is asked.
export class Refused extends Error {
  constructor(status, detail, errors) {
    super(detail);
    Object.assign(this, { status, errors });
  }
}
