// The gateway's API, as promises; and an experiment's changes, as they happen.

/** A problem+json answer, or a request that got none. */
export class Problem extends Error {
  constructor(status, { detail, title, code, errors } = {}) {
    super(detail ?? title ?? `The server answered ${status}.`);
    this.status = status;
    this.code = code;
    this.errors = errors ?? [];
  }
}

const PATIENCE_MS = 2000;

export async function request(method, path, { body, headers = {} } = {}) {
  let response;
  try {
    response = await fetch(path, { method, body, headers: { accept: 'application/json', ...headers } });
  } catch {
    throw new Problem(0, { detail: 'The platform does not answer. Is it still running?', code: 'UNREACHABLE' });
  }
  if (response.status === 204) return null;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const content = isJson ? await response.json() : null;
  if (!response.ok) throw new Problem(response.status, content ?? {});
  return content;
}

export const get = (path, query = {}) => request('GET', withQuery(path, query));
export const post = (path, options) => request('POST', path, options);

/** Drops what is absent, so that the server's defaults hold. */
export function withQuery(path, query) {
  const present = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(present).toString();
  return text ? `${path}?${text}` : path;
}

export const experimentPath = (id) => `/api/v1/experiments/${encodeURIComponent(id)}`;

export const isFinished = (experiment) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(experiment.state);

/** Sends a file and reports the share that has left; `fetch` cannot tell it. */
export function upload(file, onProgress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('PUT', '/api/v1/uploads');
    sending.responseType = 'json';
    sending.setRequestHeader('content-type', 'application/octet-stream');
    sending.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    sending.onload = () =>
      sending.status < 300 ? resolve(sending.response) : reject(new Problem(sending.status, sending.response ?? {}));
    sending.onerror = () => reject(new Problem(0, { detail: 'The upload broke off. Send the file again.' }));
    sending.send(file);
  });
}

/**
 * Calls back with an experiment's view on every change until it is finished. Server-sent events where they get through;
 * where they don't, asks every two seconds. Returns what stops it.
 */
export function watch(id, onChange, onProblem) {
  let stopped = false;
  let timer = 0;
  const events = new EventSource(`${experimentPath(id)}/events`);

  const stop = () => {
    stopped = true;
    events.close();
    clearTimeout(timer);
  };
  const announce = (view) => {
    if (stopped) return;
    if (isFinished(view)) stop();
    onChange(view);
  };
  const poll = async () => {
    try {
      announce(await get(experimentPath(id)));
    } catch (problem) {
      if (!stopped) onProblem(problem);
      if (problem.status === 404) stop();
    }
    if (!stopped) timer = setTimeout(poll, PATIENCE_MS);
  };

  events.addEventListener('experiment', (event) => announce(JSON.parse(event.data)));
  events.onerror = () => {
    events.close();
    if (!stopped) timer = setTimeout(poll, PATIENCE_MS);
  };
  return stop;
}
