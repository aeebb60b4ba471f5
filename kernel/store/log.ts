/** What the store needs of a log: the shape of pino's methods. Fields never hold a password or an identity number. */
export interface StoreLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export const silent: StoreLog = { info() {}, warn() {}, error() {} }
