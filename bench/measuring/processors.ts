/** Processor time of the database and of the whole machine, as Linux reports it; on other systems nothing is known. */
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'

export interface Processors {
  /** Microseconds since the start of PostgreSQL and its sessions; NaN when not known. */
  postgres: number
  /** Microseconds, all cores together. */
  idle: number
  total: number
}

/** `postmaster` is the process id of PostgreSQL. */
export async function processors(postmaster: number): Promise<Processors> {
  const times = cpus().map((cpu) => cpu.times)
  const idle = times.reduce((sum, time) => sum + time.idle, 0) * 1000
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0) * 1000
  return { postgres: await postgresTime(postmaster), idle, total }
}

/** Hundredths of a second in /proc, which is the unit on every Linux that Node runs on. */
const TICK = 10_000

async function postgresTime(postmaster: number): Promise<number> {
  try {
    const children = (await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')).trim().split(' ').filter(Boolean)
    const times = await Promise.all([...children, String(postmaster)].map(timeOf))
    return times.reduce((sum, time) => sum + time, 0)
  } catch {
    return Number.NaN
  }
}

/** Fields 14 and 15 of /proc/pid/stat, and for those that have ended 16 and 17 of the parent. A session may end meanwhile. */
async function timeOf(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) * TICK
}
