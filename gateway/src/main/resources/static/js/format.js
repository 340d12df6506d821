// Numbers, times and names as people read them.

const MISSING = '–';

export const number = (value, digits = 2) =>
  value === null || value === undefined || Number.isNaN(value) ? MISSING : value.toFixed(digits);

export const percent = (value, digits = 0) =>
  value === null || value === undefined ? MISSING : `${(100 * value).toFixed(digits)} %`;

export const count = (value) =>
  value === null || value === undefined ? MISSING : value.toLocaleString('en').replaceAll(',', '\u202f');

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return MISSING;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

export const secondsBetween = (start, end) =>
  start && end ? (new Date(end).getTime() - new Date(start).getTime()) / 1000 : null;

export function time(instant) {
  if (!instant) return MISSING;
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  const clock = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return today ? `today ${clock}` : `${date.toLocaleDateString()} ${clock}`;
}

/** WordNet writes golden_retriever. */
export const lemma = (name) => name.replaceAll('_', ' ');
